# SPDX-License-Identifier: AGPL-3.0-or-later
# bash completion for valise-cli
_valise_cli() {
    local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD - 1]}" words=""
    case "$previous" in
        --home | --data) mapfile -t COMPREPLY < <(compgen -d -- "$current") && return ;;
        --passphrase-file) mapfile -t COMPREPLY < <(compgen -f -- "$current") && return ;;
        contact) words="add list" ;;
        group) words="create list show accept add remove rename promote demote timer servers leave disband" ;;
        relay) words="serve" ;;
        init) words="--name --relay" ;;
        sync) words="--for --until-idle --follow" ;;
        serve) words="--listen --data" ;;
        *) words="--home --passphrase-file --json --help --version init whoami contact group send reply react edit delete sync history relay
            doctor --name --relay --member --limit --search --ids --remove --for-me" ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -F _valise_cli valise-cli
