<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>Card</name>
    <message>
        <source>, </source>
        <extracomment>Between the parts of a line of a poll or a meeting that is read out: answer, number, names</extracomment>
        <translation>, </translation>
    </message>
    <message>
        <source>%1, your choice</source>
        <extracomment>A result of a poll, and that it is what the reader chose</extracomment>
        <translation>%1, votre choix</translation>
    </message>
    <message>
        <source>before: %1</source>
        <extracomment>What changed in a meeting: the old value</extracomment>
        <translation>avant : %1</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <extracomment>Answers of a poll that are not shown</extracomment>
        <translation>
            <numerusform>et %n autre</numerusform>
            <numerusform>et %n autres</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n heure</numerusform>
            <numerusform>%n heures</numerusform>
        </translation>
    </message>
    <message>
        <source>This computer&apos;s clock is %1 ahead. What you write waits until it is set right.</source>
        <translation>L’horloge de cet ordinateur avance de %1. Ce que vous écrivez attend qu’elle soit remise à l’heure.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is %1 behind. What you write waits until it is set right.</source>
        <translation>L’horloge de cet ordinateur retarde de %1. Ce que vous écrivez attend qu’elle soit remise à l’heure.</translation>
    </message>
    <message>
        <source>Fetching what arrived while you were away…</source>
        <translation>Récupération de ce qui est arrivé en votre absence…</translation>
    </message>
    <message numerus="yes">
        <source>Waiting for the network — %n message(s) wait to be sent and will go out by themselves. Reading works offline.</source>
        <translation>
            <numerusform>En attente du réseau — %n message à envoyer partira de lui-même. La lecture reste possible hors ligne.</numerusform>
            <numerusform>En attente du réseau — %n messages à envoyer partiront d’eux-mêmes. La lecture reste possible hors ligne.</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting for the network — what you write is kept and goes out by itself. Reading works offline.</source>
        <translation>En attente du réseau — ce que vous écrivez est conservé et partira de lui-même. La lecture reste possible hors ligne.</translation>
    </message>
    <message numerus="yes">
        <source>%1 %n message(s) wait to be sent.</source>
        <translation>
            <numerusform>%1 %n message est en attente d’envoi.</numerusform>
            <numerusform>%1 %n messages sont en attente d’envoi.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 — connected</source>
        <translation>%1 — connecté</translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <translation>%1 — %2</translation>
    </message>
    <message>
        <source>%1 — connecting…</source>
        <translation>%1 — connexion en cours…</translation>
    </message>
</context>
<context>
    <name>ConversationMenu</name>
    <message>
        <source>Pin to the top</source>
        <translation>Épingler en haut</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Désépingler</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Couper les notifications</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Rétablir les notifications</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiver</translation>
    </message>
    <message>
        <source>Take out of the archive</source>
        <translation>Sortir des archives</translation>
    </message>
    <message>
        <source>Notifications show</source>
        <translation>Les notifications montrent</translation>
    </message>
    <message>
        <source>The same as everywhere</source>
        <translation>La même chose que partout</translation>
    </message>
    <message>
        <source>Who wrote what</source>
        <translation>Qui a écrit quoi</translation>
    </message>
    <message>
        <source>Who wrote</source>
        <translation>Qui a écrit</translation>
    </message>
    <message>
        <source>Only that something came</source>
        <translation>Seulement qu’il y a du nouveau</translation>
    </message>
</context>
<context>
    <name>EmojiNames</name>
    <message>
        <source>Faces</source>
        <translation>Visages</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personnes</translation>
    </message>
    <message>
        <source>Nature</source>
        <translation>Nature</translation>
    </message>
    <message>
        <source>Food</source>
        <translation>Aliments</translation>
    </message>
    <message>
        <source>Places and travel</source>
        <translation>Lieux et voyages</translation>
    </message>
    <message>
        <source>Activities</source>
        <translation>Activités</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objets</translation>
    </message>
    <message>
        <source>Symbols</source>
        <translation>Symboles</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>Drapeaux</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>Something in what was entered cannot be used. Please check it and try again.</source>
        <translation>Une partie de la saisie ne peut pas être utilisée. Veuillez la vérifier et réessayer.</translation>
    </message>
    <message>
        <source>This text is damaged or incomplete. Please copy it again, from its beginning to its end.</source>
        <translation>Ce texte est endommagé ou incomplet. Veuillez le copier de nouveau, du début à la fin.</translation>
    </message>
    <message>
        <source>This is larger than Valise can send. Please shorten it or send it in parts.</source>
        <translation>C’est plus long que ce que Valise peut envoyer. Veuillez raccourcir ou envoyer en plusieurs parties.</translation>
    </message>
    <message>
        <source>This is not here any more. It may have been removed; please look again.</source>
        <translation>Ceci n’est plus là. L’élément a peut-être été retiré&#x202f;; veuillez vérifier.</translation>
    </message>
    <message>
        <source>This exists already, so nothing was changed.</source>
        <translation>Ceci existe déjà&#x202f;; rien n’a été modifié.</translation>
    </message>
    <message>
        <source>This needs a newer version of Valise. Please update the program and try again.</source>
        <translation>Ceci demande une version plus récente de Valise. Veuillez mettre le programme à jour et réessayer.</translation>
    </message>
    <message>
        <source>Valise could not finish this because of a fault of its own. Nothing was lost; please try again, and tell your help desk if it happens twice.</source>
        <translation>Valise n’a pas pu terminer en raison d’un défaut interne. Rien n’est perdu&#x202f;; veuillez réessayer et, si cela se reproduit, prévenir votre service d’assistance.</translation>
    </message>
    <message>
        <source>This was stopped before it was finished. Nothing was changed.</source>
        <translation>L’opération a été interrompue avant la fin. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>The person&apos;s address does not belong to a valid key. Please ask for the invitation again.</source>
        <translation>L’adresse de cette personne ne correspond à aucune clé valable. Veuillez redemander l’invitation.</translation>
    </message>
    <message>
        <source>Something arrived whose author could not be confirmed. It was set aside and is not shown.</source>
        <translation>Un élément est arrivé dont l’auteur n’a pu être confirmé. Il a été mis de côté et n’est pas affiché.</translation>
    </message>
    <message>
        <source>Something arrived that this device cannot open. If a message is missing, ask its author to send it again.</source>
        <translation>Un élément est arrivé que cet appareil ne peut ouvrir. S’il manque un message, demandez à son auteur de le renvoyer.</translation>
    </message>
    <message>
        <source>A change that somebody proposed for this conversation is not allowed. It was ignored.</source>
        <translation>Une modification proposée pour cette conversation n’est pas autorisée. Elle a été ignorée.</translation>
    </message>
    <message>
        <source>A change of this conversation did not pass the checks. It was ignored; the conversation goes on as before.</source>
        <translation>Une modification de cette conversation n’a pas satisfait aux vérifications. Elle a été ignorée&#x202f;; la conversation continue comme avant.</translation>
    </message>
    <message>
        <source>The list of members that arrived does not hold together. You were not added; please ask for a new invitation.</source>
        <translation>La liste des membres reçue n’est pas cohérente. Vous n’avez pas été ajouté&#x202f;; veuillez demander une nouvelle invitation.</translation>
    </message>
    <message>
        <source>What this person published for invitations cannot be used. Please ask them to open Valise once and then try again.</source>
        <translation>Ce que cette personne a publié pour les invitations est inutilisable. Veuillez lui demander d’ouvrir Valise une fois, puis réessayez.</translation>
    </message>
    <message>
        <source>An invitation arrived that cannot be opened. Please ask to be invited again.</source>
        <translation>Une invitation est arrivée qui ne peut être ouverte. Veuillez demander à être invité de nouveau.</translation>
    </message>
    <message>
        <source>A message was sealed for a moment of the conversation that this device does not know. It waits until the missing part arrives.</source>
        <translation>Un message a été scellé pour un moment de la conversation que cet appareil ne connaît pas. Il attend l’arrivée de la partie manquante.</translation>
    </message>
    <message>
        <source>A message belongs to another conversation than it claims. It was set aside.</source>
        <translation>Un message appartient à une autre conversation que celle qu’il indique. Il a été mis de côté.</translation>
    </message>
    <message>
        <source>A message came a second time, or far too late to be opened. What you have already read is not affected.</source>
        <translation>Un message est arrivé une seconde fois, ou bien trop tard pour être ouvert. Ce que vous avez déjà lu n’est pas touché.</translation>
    </message>
    <message>
        <source>You are not a member of this conversation any more, so nothing can be sent to it. A member can invite you again.</source>
        <translation>Vous n’êtes plus membre de cette conversation&#x202f;; rien ne peut y être envoyé. Un membre peut vous inviter de nouveau.</translation>
    </message>
    <message>
        <source>Only those who manage this conversation may do that. Please ask one of them.</source>
        <translation>Seules les personnes qui gèrent cette conversation peuvent le faire. Veuillez vous adresser à l’une d’elles.</translation>
    </message>
    <message>
        <source>This conversation uses a feature that your version of Valise does not know. Please update the program, then ask to be invited again.</source>
        <translation>Cette conversation utilise une fonction que votre version de Valise ne connaît pas. Veuillez mettre le programme à jour, puis demander à être invité de nouveau.</translation>
    </message>
    <message>
        <source>Another change of this conversation is still on its way. Please try again in a moment.</source>
        <translation>Une autre modification de cette conversation est encore en cours. Veuillez réessayer dans un instant.</translation>
    </message>
    <message>
        <source>A change of this conversation builds on something that has not arrived yet. It takes effect as soon as that arrives.</source>
        <translation>Une modification de cette conversation repose sur un élément qui n’est pas encore arrivé. Elle prendra effet dès qu’il arrivera.</translation>
    </message>
    <message>
        <source>This conversation was ended for everybody. You can still read it, and you can start a new one.</source>
        <translation>Cette conversation a été close pour tous. Vous pouvez encore la lire et en commencer une nouvelle.</translation>
    </message>
    <message>
        <source>Something arrived that does not follow the rules. It was set aside and is not shown.</source>
        <translation>Un élément est arrivé qui ne respecte pas les règles. Il a été mis de côté et n’est pas affiché.</translation>
    </message>
    <message>
        <source>Something arrived that was meant for somebody else. It was not opened.</source>
        <translation>Un élément est arrivé qui était destiné à quelqu’un d’autre. Il n’a pas été ouvert.</translation>
    </message>
    <message>
        <source>This passphrase does not open the valise. Please try again; capital letters and spaces matter.</source>
        <translation>Cette phrase secrète n’ouvre pas la valise. Veuillez réessayer&#x202f;; les majuscules et les espaces comptent.</translation>
    </message>
    <message>
        <source>The file with your history is damaged. A copy was put aside unchanged; please ask your help desk before you go on.</source>
        <translation>Le fichier de votre historique est endommagé. Une copie a été mise de côté telle quelle&#x202f;; veuillez consulter votre service d’assistance avant de continuer.</translation>
    </message>
    <message>
        <source>The disk is full, so nothing more can be kept. Please make room and try again.</source>
        <translation>Le disque est plein&#x202f;; rien de plus ne peut être conservé. Veuillez libérer de l’espace et réessayer.</translation>
    </message>
    <message>
        <source>The folder of your profile cannot be written. Please check its permissions, or choose another folder.</source>
        <translation>Le dossier de votre profil n’est pas accessible en écriture. Veuillez vérifier ses autorisations ou choisir un autre dossier.</translation>
    </message>
    <message>
        <source>This profile is already open in another window or program. Please close it there first.</source>
        <translation>Ce profil est déjà ouvert dans une autre fenêtre ou un autre programme. Veuillez d’abord l’y fermer.</translation>
    </message>
    <message>
        <source>This profile was written by a newer version of Valise. Please update the program to open it.</source>
        <translation>Ce profil a été écrit par une version plus récente de Valise. Veuillez mettre le programme à jour pour l’ouvrir.</translation>
    </message>
    <message>
        <source>Your history could not be read or written. Please close Valise, check the disk, and try again.</source>
        <translation>Votre historique n’a pu être lu ou écrit. Veuillez fermer Valise, vérifier le disque et réessayer.</translation>
    </message>
    <message>
        <source>No server can be reached now. Please check the network; this needs a connection.</source>
        <translation>Aucun serveur n’est joignable pour l’instant. Veuillez vérifier le réseau&#x202f;; cette action demande une connexion.</translation>
    </message>
    <message>
        <source>The server did not accept this. Please try again later, or choose another server in the settings.</source>
        <translation>Le serveur n’a pas accepté cette demande. Veuillez réessayer plus tard ou choisir un autre serveur dans les réglages.</translation>
    </message>
    <message>
        <source>This server&apos;s address is not protected. Outside of your own network it has to begin with wss://.</source>
        <translation>L’adresse de ce serveur n’est pas protégée. En dehors de votre propre réseau, elle doit commencer par wss://.</translation>
    </message>
    <message>
        <source>This is not the address of a server. It looks like wss://server.example, without spaces.</source>
        <translation>Ceci n’est pas l’adresse d’un serveur. Elle a la forme wss://serveur.example, sans espaces.</translation>
    </message>
    <message>
        <source>The server did not answer in time. Please try again; what you wrote is kept.</source>
        <translation>Le serveur n’a pas répondu à temps. Veuillez réessayer&#x202f;; ce que vous avez écrit est conservé.</translation>
    </message>
    <message>
        <source>The server could not prove that it is the right one, so nothing was sent to it. Please tell your help desk, above all on a foreign network.</source>
        <translation>Le serveur n’a pas pu prouver qu’il est le bon&#x202f;; rien ne lui a été envoyé. Veuillez prévenir votre service d’assistance, surtout sur un réseau étranger.</translation>
    </message>
    <message>
        <source>This person cannot be invited yet: Valise found nothing from them on the servers. Please ask them to open Valise while connected, or to send you their invitation link.</source>
        <translation>Cette personne ne peut pas encore être invitée&#xa0;: Valise n’a rien trouvé d’elle sur les serveurs. Veuillez lui demander d’ouvrir Valise avec une connexion, ou de vous envoyer son lien d’invitation.</translation>
    </message>
    <message>
        <source>Something unexpected happened. Please try again.</source>
        <translation>Un incident imprévu s’est produit. Veuillez réessayer.</translation>
    </message>
    <message>
        <source>This network does not know the name of the server. Please check the server&apos;s address, or try again on another network.</source>
        <translation>Ce réseau ne connaît pas le nom du serveur. Veuillez vérifier l’adresse du serveur, ou réessayer depuis un autre réseau.</translation>
    </message>
    <message>
        <source>This computer is not connected to any network. What you write is kept and goes out by itself as soon as it is.</source>
        <translation>Cet ordinateur n’est connecté à aucun réseau. Ce que vous écrivez est conservé et partira de lui-même dès qu’il le sera.</translation>
    </message>
    <message>
        <source>Nothing answers at the address of this server; it may be switched off. Valise tries again by itself.</source>
        <translation>Rien ne répond à l’adresse de ce serveur&#x202f;; il est peut-être arrêté. Valise réessaie de lui-même.</translation>
    </message>
    <message>
        <source>The connection to this server was interrupted. Valise connects again by itself.</source>
        <translation>La connexion à ce serveur a été interrompue. Valise se reconnecte de lui-même.</translation>
    </message>
    <message>
        <source>The certificate of this server is not valid at this time, so nothing was sent to it. Please check the clock of this computer, then tell your help desk.</source>
        <translation>Le certificat de ce serveur n’est pas valable en ce moment&#x202f;; rien ne lui a été envoyé. Veuillez vérifier l’heure de cet ordinateur, puis prévenir votre service d’assistance.</translation>
    </message>
    <message>
        <source>What answered is not this server: its certificate belongs to another one. Nothing was sent to it. Please tell your help desk, above all on a foreign network.</source>
        <translation>Ce qui a répondu n’est pas ce serveur&#xa0;: son certificat appartient à un autre. Rien ne lui a été envoyé. Veuillez prévenir votre service d’assistance, surtout sur un réseau étranger.</translation>
    </message>
    <message>
        <source>Nobody whom this computer trusts vouches for the server that answered, so nothing was sent to it. Please tell your help desk; on a foreign network somebody may be trying to listen.</source>
        <translation>Aucune autorité reconnue par cet ordinateur ne se porte garante du serveur qui a répondu&#x202f;; rien ne lui a été envoyé. Veuillez prévenir votre service d’assistance&#x202f;; sur un réseau étranger, quelqu’un essaie peut-être d’écouter.</translation>
    </message>
    <message>
        <source>This network lets nothing through before you sign in. Please open a page in your browser, sign in there, and try again.</source>
        <translation>Ce réseau ne laisse rien passer avant que vous vous identifiiez. Veuillez ouvrir une page dans votre navigateur, vous y identifier, puis réessayer.</translation>
    </message>
    <message>
        <source>The proxy through which Valise connects does not answer, and nothing goes round it. Please check it in the settings, or ask your help desk.</source>
        <translation>Le serveur mandataire (proxy) par lequel Valise se connecte ne répond pas, et rien ne le contourne. Veuillez le vérifier dans les réglages, ou vous adresser à votre service d’assistance.</translation>
    </message>
    <message>
        <source>The proxy wants a name and a password, or others than those that were entered. Please enter them in the settings.</source>
        <translation>Le serveur mandataire (proxy) demande un nom et un mot de passe, ou d’autres que ceux qui ont été saisis. Veuillez les saisir dans les réglages.</translation>
    </message>
    <message>
        <source>Something answers at this address, but it is not a server for messages. Please check the address.</source>
        <translation>Quelque chose répond à cette adresse, mais ce n’est pas un serveur de messages. Veuillez vérifier l’adresse.</translation>
    </message>
    <message>
        <source>This server is overloaded or asks to come back later. Valise tries again by itself; what you write is kept.</source>
        <translation>Ce serveur est surchargé ou demande de revenir plus tard. Valise réessaie de lui-même&#x202f;; ce que vous écrivez est conservé.</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>Yesterday</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>You started this conversation</source>
        <translation>Vous avez ouvert cette conversation</translation>
    </message>
    <message>
        <source>%1 started this conversation</source>
        <translation>%1 a ouvert cette conversation</translation>
    </message>
    <message>
        <source>You added %1</source>
        <translation>Vous avez ajouté %1</translation>
    </message>
    <message>
        <source>%1 was added</source>
        <translation>%1 a été ajouté</translation>
    </message>
    <message>
        <source>%1 added %2</source>
        <translation>%1 a ajouté %2</translation>
    </message>
    <message>
        <source>You removed %1</source>
        <translation>Vous avez retiré %1</translation>
    </message>
    <message>
        <source>%1 was removed</source>
        <translation>%1 a été retiré</translation>
    </message>
    <message>
        <source>%1 removed %2</source>
        <translation>%1 a retiré %2</translation>
    </message>
    <message>
        <source>You left this conversation</source>
        <translation>Vous avez quitté cette conversation</translation>
    </message>
    <message>
        <source>%1 left this conversation</source>
        <translation>%1 a quitté cette conversation</translation>
    </message>
    <message>
        <source>You named this conversation “%1”</source>
        <translation>Vous avez nommé cette conversation «&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>This conversation is now named “%1”</source>
        <translation>Cette conversation s’appelle désormais «&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>%1 named this conversation “%2”</source>
        <translation>%1 a nommé cette conversation «&#xa0;%2&#xa0;»</translation>
    </message>
    <message>
        <source>%1 may now manage this conversation</source>
        <translation>%1 peut désormais gérer cette conversation</translation>
    </message>
    <message>
        <source>%1 may no longer manage this conversation</source>
        <translation>%1 ne peut plus gérer cette conversation</translation>
    </message>
    <message>
        <source>How long messages are kept was changed</source>
        <translation>La durée de conservation des messages a été modifiée</translation>
    </message>
    <message>
        <source>How long messages are kept was changed: %1</source>
        <translation>La durée de conservation des messages a été modifiée&#xa0;: %1</translation>
    </message>
    <message>
        <source>This conversation was ended for everybody</source>
        <translation>Cette conversation a été close pour tous</translation>
    </message>
    <message>
        <source>You joined this conversation</source>
        <translation>Vous avez rejoint cette conversation</translation>
    </message>
    <message>
        <source>Invites you to a conversation</source>
        <translation>Vous invite à une conversation</translation>
    </message>
    <message>
        <source>%1 invites you</source>
        <translation>%1 vous invite</translation>
    </message>
    <message>
        <source>No messages yet</source>
        <translation>Pas encore de message</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>Vous&#xa0;: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n jour</numerusform>
            <numerusform>%n jours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n heure</numerusform>
            <numerusform>%n heures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message>
        <source>direct conversation</source>
        <translation>conversation directe</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n membre</numerusform>
            <numerusform>%n membres</numerusform>
        </translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>chiffrée</translation>
    </message>
    <message>
        <source>messages kept %1</source>
        <translation>messages conservés %1</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Reçu</translation>
    </message>
    <message>
        <source>Waits to be sent</source>
        <translation>En attente d’envoi</translation>
    </message>
    <message>
        <source>Sent; held by %1 of %2 servers</source>
        <translation>Envoyé&#x202f;; détenu par %1 serveurs sur %2</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Remis</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lu</translation>
    </message>
    <message>
        <source>Not sent: every server refused it</source>
        <translation>Non envoyé&#xa0;: tous les serveurs l’ont refusé</translation>
    </message>
    <message>
        <source>Not sent: every server refused it (%1)</source>
        <translation>Non envoyé&#xa0;: tous les serveurs l’ont refusé (%1)</translation>
    </message>
    <message>
        <source>Not seen by the others: two changes crossed. Please write it again.</source>
        <translation>Non vu par les autres&#xa0;: deux modifications se sont croisées. Veuillez l’écrire de nouveau.</translation>
    </message>
    <message>
        <source>Message — encrypted for %1</source>
        <translation>Message — chiffré pour %1</translation>
    </message>
    <message numerus="yes">
        <source>Message — encrypted for %n member(s)</source>
        <translation>
            <numerusform>Message — chiffré pour %n membre</numerusform>
            <numerusform>Message — chiffré pour %n membres</numerusform>
        </translation>
    </message>
    <message>
        <source>Conversation without a name</source>
        <translation>Conversation sans nom</translation>
    </message>
    <message>
        <source>You deleted a message</source>
        <translation>Vous avez supprimé un message</translation>
    </message>
    <message>
        <source>A message was deleted</source>
        <translation>Un message a été supprimé</translation>
    </message>
    <message>
        <source>You deleted this message</source>
        <translation>Vous avez supprimé ce message</translation>
    </message>
    <message>
        <source>This message was deleted</source>
        <translation>Ce message a été supprimé</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>A message that is not on this device</source>
        <translation>Un message qui n’est pas sur cet appareil</translation>
    </message>
    <message>
        <source>you</source>
        <translation>vous</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n autre</numerusform>
            <numerusform>%n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>A name, and the keys that do it: &quot;Settings (Ctrl+,)&quot;</extracomment>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>Delivered to %n member(s)</source>
        <translation>
            <numerusform>Remis à %n membre</numerusform>
            <numerusform>Remis à %n membres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read by %n member(s)</source>
        <translation>
            <numerusform>Lu par %n membre</numerusform>
            <numerusform>Lu par %n membres</numerusform>
        </translation>
    </message>
    <message>
        <source>is writing…</source>
        <translation>écrit…</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s) are writing…</source>
        <translation>
            <numerusform>%n membre écrit…</numerusform>
            <numerusform>%n membres écrivent…</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is writing…</source>
        <translation>%1 écrit…</translation>
    </message>
    <message>
        <source>%1 and %2 are writing…</source>
        <translation>%1 et %2 écrivent…</translation>
    </message>
    <message>
        <source>Disappears on %1</source>
        <translation>Disparaît le %1</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <extracomment>The date, in the order of the language: &quot;24 Nov 2026&quot;</extracomment>
        <translation>d MMM yyyy</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>A day and the time of it: &quot;24 Nov 2026, 14:29&quot;</extracomment>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Everywhere</source>
        <translation>Partout</translation>
    </message>
    <message>
        <source>Start a conversation</source>
        <translation>Ouvrir une conversation</translation>
    </message>
    <message>
        <source>Go to a person, a group or a message</source>
        <translation>Aller à une personne, un groupe ou un message</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Previous conversation</source>
        <translation>Conversation précédente</translation>
    </message>
    <message>
        <source>Next conversation</source>
        <translation>Conversation suivante</translation>
    </message>
    <message>
        <source>To the next part of the window</source>
        <translation>Vers la partie suivante de la fenêtre</translation>
    </message>
    <message>
        <source>To the previous part of the window</source>
        <translation>Vers la partie précédente de la fenêtre</translation>
    </message>
    <message>
        <source>Show or hide members and security</source>
        <translation>Afficher ou masquer membres et sécurité</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Texte plus grand</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Texte plus petit</translation>
    </message>
    <message>
        <source>Normal text size</source>
        <translation>Taille normale du texte</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>This page</source>
        <translation>Cette page</translation>
    </message>
    <message>
        <source>Close, or back to the message field</source>
        <translation>Fermer, ou revenir au champ de saisie</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter Valise</translation>
    </message>
    <message>
        <source>In a conversation</source>
        <translation>Dans une conversation</translation>
    </message>
    <message>
        <source>Go to a date</source>
        <translation>Aller à une date</translation>
    </message>
    <message>
        <source>Go to the first unread message</source>
        <translation>Aller au premier message non lu</translation>
    </message>
    <message>
        <source>To the oldest message that is loaded</source>
        <translation>Au plus ancien message chargé</translation>
    </message>
    <message>
        <source>To the newest message</source>
        <translation>Au message le plus récent</translation>
    </message>
    <message>
        <source>In the message field</source>
        <translation>Dans le champ de saisie</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>Envoyer le message</translation>
    </message>
    <message>
        <source>New line in the message</source>
        <translation>Nouvelle ligne dans le message</translation>
    </message>
    <message>
        <source>Send the message, whatever is set</source>
        <translation>Envoyer le message, quel que soit le réglage</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>Émojis</translation>
    </message>
    <message>
        <source>From the empty field to the messages</source>
        <translation>Du champ vide vers les messages</translation>
    </message>
    <message>
        <source>On a message</source>
        <translation>Sur un message</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Répondre</translation>
    </message>
    <message>
        <source>React</source>
        <translation>Réagir</translation>
    </message>
    <message>
        <source>Edit, if it is your own</source>
        <translation>Modifier, s’il est de vous</translation>
    </message>
    <message>
        <source>Copy the selected text or message</source>
        <translation>Copier le texte ou le message sélectionné</translation>
    </message>
    <message>
        <source>Open its link</source>
        <translation>Ouvrir son lien</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Transférer</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Marquer d’une étoile</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Show the whole of a long message</source>
        <translation>Afficher un long message en entier</translation>
    </message>
    <message>
        <source>Go to the message it answers</source>
        <translation>Aller au message auquel il répond</translation>
    </message>
    <message>
        <source>Back to where one came from</source>
        <translation>Revenir à l’endroit précédent</translation>
    </message>
    <message>
        <source>Select several</source>
        <translation>En sélectionner plusieurs</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Everything that can be done with it</source>
        <translation>Tout ce que l’on peut en faire</translation>
    </message>
    <message>
        <source>Mention a member</source>
        <translation>Mentionner un membre</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>Gras</translation>
    </message>
    <message>
        <source>Italic</source>
        <translation>Italique</translation>
    </message>
    <message>
        <source>Struck through</source>
        <translation>Barré</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Quotation</source>
        <translation>Citation</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Pin, or do not pin any more</source>
        <translation>Épingler, ou ne plus épingler</translation>
    </message>
    <message>
        <source>Search in this conversation</source>
        <translation>Rechercher dans cette conversation</translation>
    </message>
    <message>
        <source>Send the message later, or show what is to be sent later</source>
        <translation>Envoyer le message plus tard, ou voir ce qui doit partir plus tard</translation>
    </message>
    <message>
        <source>On a marked word: what may have been meant</source>
        <translation>Sur un mot souligné&#xa0;: ce qui a pu être voulu</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Encrypted conversations for people who negotiate.</source>
        <translation>Conversations chiffrées pour celles et ceux qui négocient.</translation>
    </message>
    <message>
        <source>Keep the profile in this folder.</source>
        <translation>Conserver le profil dans ce dossier.</translation>
    </message>
    <message>
        <source>Appearance: light, dark or system.</source>
        <translation>Apparence&#xa0;: light, dark ou system.</translation>
    </message>
    <message>
        <source>Language: auto (as the system), or one of %1.</source>
        <translation>Langue&#xa0;: auto (comme le système), ou l’une de %1.</translation>
    </message>
    <message>
        <source>Hold a short negotiation between invented delegations, save pictures and a transcript in this folder, and end.</source>
        <translation>Tenir une courte négociation entre des délégations imaginaires, enregistrer les images et le procès-verbal dans ce dossier, puis terminer.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made.</source>
        <translation>Le dossier %1 ne peut être créé.</translation>
    </message>
</context>
<context>
    <name>MessageActions</name>
    <message>
        <source>Reply</source>
        <translation>Répondre</translation>
    </message>
    <message>
        <source>React…</source>
        <translation>Réagir…</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Copy the message</source>
        <translation>Copier le message</translation>
    </message>
    <message>
        <source>Forward…</source>
        <translation>Transférer…</translation>
    </message>
    <message>
        <source>Remove the star</source>
        <translation>Retirer l’étoile</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Marquer d’une étoile</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Sélectionner</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Supprimer…</translation>
    </message>
    <message>
        <source>Open the link…</source>
        <translation>Ouvrir le lien…</translation>
    </message>
    <message>
        <source>Do not pin</source>
        <translation>Ne plus épingler</translation>
    </message>
    <message>
        <source>Pin here</source>
        <translation>Épingler ici</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n nouveau message</numerusform>
            <numerusform>%n nouveaux messages</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>A message in a notification: author, text</extracomment>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 dans %2</translation>
    </message>
    <message>
        <source>You are invited to a conversation</source>
        <translation>Vous êtes invité à une conversation</translation>
    </message>
    <message>
        <source>%1 invites you to a conversation</source>
        <translation>%1 vous invite à une conversation</translation>
    </message>
</context>
<context>
    <name>NotificationActions</name>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Répondre</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Space</source>
        <translation>Espace</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Suppr</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée (pavé)</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Retour arrière</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Haut</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Bas</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Fin</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Maj</translation>
    </message>
</context>
<context>
    <name>TextMarks</name>
    <message>
        <source>Bold</source>
        <translation>Gras</translation>
    </message>
    <message>
        <source>Italic</source>
        <translation>Italique</translation>
    </message>
    <message>
        <source>Struck through</source>
        <translation>Barré</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Quotation</source>
        <translation>Citation</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>New messages</source>
        <translation>Nouveaux messages</translation>
    </message>
    <message>
        <source>edited %1</source>
        <translation>modifié %1</translation>
    </message>
    <message>
        <source>Show the whole message</source>
        <translation>Afficher tout le message</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Afficher la suite</translation>
    </message>
</context>
<context>
    <name>valise::ui::Banner</name>
    <message>
        <source>Try now</source>
        <translation>Essayer maintenant</translation>
    </message>
</context>
<context>
    <name>valise::ui::Composer</name>
    <message>
        <source>Do not reply to this message</source>
        <translation>Ne pas répondre à ce message</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Reply to %1</source>
        <translation>Réponse à %1</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>Émojis</translation>
    </message>
    <message>
        <source>Edit the message</source>
        <translation>Modifier le message</translation>
    </message>
    <message>
        <source>Do not edit this message</source>
        <translation>Ne pas modifier ce message</translation>
    </message>
    <message>
        <source>Send later</source>
        <translation>Envoyer plus tard</translation>
    </message>
</context>
<context>
    <name>valise::ui::ConfirmSheet</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>valise::ui::ConversationDelegate</name>
    <message>
        <source>Draft: </source>
        <translation>Brouillon&#xa0;: </translation>
    </message>
</context>
<context>
    <name>valise::ui::ConversationHeader</name>
    <message>
        <source>Members and security</source>
        <translation>Membres et sécurité</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>Autres actions</translation>
    </message>
    <message>
        <source>Add people…</source>
        <translation>Ajouter des personnes…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Renommer…</translation>
    </message>
    <message>
        <source>Leave…</source>
        <translation>Quitter…</translation>
    </message>
    <message>
        <source>Go to a date…</source>
        <translation>Aller à une date…</translation>
    </message>
    <message>
        <source>Starred messages…</source>
        <translation>Messages marqués d’une étoile…</translation>
    </message>
    <message>
        <source>Search in this conversation</source>
        <translation>Rechercher dans cette conversation</translation>
    </message>
</context>
<context>
    <name>valise::ui::ConversationListModel</name>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>%1 in %2: %3</source>
        <translation>%1 dans %2&#xa0;: %3</translation>
    </message>
    <message numerus="yes">
        <source>%n unread message(s)</source>
        <translation>
            <numerusform>%n message non lu</numerusform>
            <numerusform>%n messages non lus</numerusform>
        </translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>épinglée</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>sans notification</translation>
    </message>
    <message>
        <source>archived</source>
        <translation>archivée</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to be sent</source>
        <translation>
            <numerusform>%n en attente d’envoi</numerusform>
            <numerusform>%n en attente d’envoi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not sent</source>
        <translation>
            <numerusform>%n non envoyé</numerusform>
            <numerusform>%n non envoyés</numerusform>
        </translation>
    </message>
    <message>
        <source>draft</source>
        <translation>brouillon</translation>
    </message>
    <message>
        <source>mentions you</source>
        <translation>vous mentionne</translation>
    </message>
</context>
<context>
    <name>valise::ui::ConversationPane</name>
    <message>
        <source>Search messages and people</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Conversations</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Unread %1</source>
        <translation>Non lus %1</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>Non lus</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Groupes</translation>
    </message>
    <message>
        <source>Requests %1</source>
        <translation>Demandes %1</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Demandes</translation>
    </message>
    <message>
        <source>Nothing found for “%1”.</source>
        <translation>Rien trouvé pour «&#xa0;%1&#xa0;».</translation>
    </message>
    <message>
        <source>Everything is read.</source>
        <translation>Tout est lu.</translation>
    </message>
    <message>
        <source>Nobody waits for your answer.</source>
        <translation>Personne n’attend votre réponse.</translation>
    </message>
    <message>
        <source>No groups yet.</source>
        <translation>Pas encore de groupe.</translation>
    </message>
    <message>
        <source>No conversations yet.</source>
        <translation>Pas encore de conversation.</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archives</translation>
    </message>
    <message>
        <source>The archive is empty.</source>
        <translation>Les archives sont vides.</translation>
    </message>
    <message>
        <source>In this conversation</source>
        <translation>Dans cette conversation</translation>
    </message>
    <message>
        <source>From anybody</source>
        <translation>De n’importe qui</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>De %1</translation>
    </message>
    <message>
        <source>you</source>
        <translation>vous</translation>
    </message>
    <message>
        <source>Whenever</source>
        <translation>N’importe quand</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>In the last 7 days</source>
        <translation>Ces 7 derniers jours</translation>
    </message>
    <message>
        <source>In the last 30 days</source>
        <translation>Ces 30 derniers jours</translation>
    </message>
    <message>
        <source>In the last year</source>
        <translation>Cette dernière année</translation>
    </message>
    <message>
        <source>With links</source>
        <translation>Avec liens</translation>
    </message>
    <message>
        <source>Anybody</source>
        <translation>N’importe qui</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Vous</translation>
    </message>
</context>
<context>
    <name>valise::ui::DateSheet</name>
    <message>
        <source>Go to a date</source>
        <translation>Aller à une date</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Y aller</translation>
    </message>
    <message>
        <source>Month before</source>
        <translation>Mois précédent</translation>
    </message>
    <message>
        <source>Month after</source>
        <translation>Mois suivant</translation>
    </message>
</context>
<context>
    <name>valise::ui::DeleteSheet</name>
    <message numerus="yes">
        <source>Delete %n message(s)?</source>
        <translation>
            <numerusform>Supprimer %n message&#x202f;?</numerusform>
            <numerusform>Supprimer %n messages&#x202f;?</numerusform>
        </translation>
    </message>
    <message>
        <source>For you: it disappears from this device only. For everyone: the others&apos; programs are asked to remove it; who has read it has read it.</source>
        <translation>Pour vous&#xa0;: il disparaît de cet appareil seulement. Pour tous&#xa0;: les programmes des autres sont priés de le retirer&#x202f;; qui l’a lu l’a lu.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Delete for me</source>
        <translation>Supprimer pour moi</translation>
    </message>
    <message>
        <source>Delete for everyone</source>
        <translation>Supprimer pour tous</translation>
    </message>
</context>
<context>
    <name>valise::ui::DetailsSheet</name>
    <message>
        <source>Message details</source>
        <translation>Détails du message</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Written by</source>
        <translation>Écrit par</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (vous)</translation>
    </message>
    <message>
        <source>Written at</source>
        <translation>Écrit le</translation>
    </message>
    <message>
        <source>Arrived at</source>
        <translation>Arrivé le</translation>
    </message>
    <message>
        <source>Last edited at</source>
        <translation>Modifié en dernier le</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Chiffrement</translation>
    </message>
    <message>
        <source>End to end</source>
        <translation>De bout en bout</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Serveurs</translation>
    </message>
    <message>
        <source>holds it since %1</source>
        <translation>le conserve depuis le %1</translation>
    </message>
    <message>
        <source>not reached yet</source>
        <translation>pas encore joint</translation>
    </message>
    <message>
        <source>refused it</source>
        <translation>l’a refusé</translation>
    </message>
    <message>
        <source>refused it: %1</source>
        <translation>l’a refusé&#xa0;: %1</translation>
    </message>
    <message>
        <source>Reactions</source>
        <translation>Réactions</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n personne</numerusform>
            <numerusform>%n personnes</numerusform>
        </translation>
    </message>
    <message>
        <source>Earlier versions</source>
        <translation>Versions antérieures</translation>
    </message>
    <message>
        <source>Read by</source>
        <translation>Lu par</translation>
    </message>
    <message>
        <source>Delivered to</source>
        <translation>Remis à</translation>
    </message>
    <message>
        <source>was given it and has not answered yet</source>
        <translation>l’a reçu et n’a pas encore répondu</translation>
    </message>
    <message>
        <source>Disappears at</source>
        <translation>Disparaît le</translation>
    </message>
</context>
<context>
    <name>valise::ui::DiagnosticsSheet</name>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnostic</translation>
    </message>
    <message>
        <source>For your help desk. Nothing here contains messages, names or keys.</source>
        <translation>Pour votre service d’assistance. Rien ici ne contient de messages, de noms ni de clés.</translation>
    </message>
    <message>
        <source>Relays</source>
        <translation>Relais</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Détail</translation>
    </message>
    <message>
        <source>Events refused or waiting</source>
        <translation>Événements refusés ou en attente</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>Portée</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Catégorie</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Dernier</translation>
    </message>
    <message>
        <source>Nothing was refused and nothing waits.</source>
        <translation>Rien n’a été refusé et rien n’attend.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>hors ligne</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>connexion en cours</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>connecté</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>refusé</translation>
    </message>
</context>
<context>
    <name>valise::ui::EmojiCompletion</name>
    <message>
        <source>Emoji that fit</source>
        <translation>Émojis correspondants</translation>
    </message>
</context>
<context>
    <name>valise::ui::EmojiPicker</name>
    <message>
        <source>Choose an emoji</source>
        <translation>Choisir un émoji</translation>
    </message>
    <message>
        <source>Search emoji</source>
        <translation>Rechercher un émoji</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>Émojis</translation>
    </message>
    <message>
        <source>Recently used</source>
        <translation>Récemment utilisés</translation>
    </message>
</context>
<context>
    <name>valise::ui::ForwardSheet</name>
    <message>
        <source>Forward</source>
        <translation>Transférer</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s), in their order</source>
        <translation>
            <numerusform>%n message, dans l’ordre</numerusform>
            <numerusform>%n messages, dans l’ordre</numerusform>
        </translation>
    </message>
    <message>
        <source>Search conversations</source>
        <translation>Rechercher une conversation</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Conversations</translation>
    </message>
    <message>
        <source>The text goes as your own message. Who receives it does not see who wrote it first.</source>
        <translation>Le texte part comme votre propre message. Qui le reçoit ne voit pas qui l’a écrit en premier.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>No conversation is chosen yet.</source>
        <translation>Aucune conversation n’est encore choisie.</translation>
    </message>
</context>
<context>
    <name>valise::ui::GroupServersSheet</name>
    <message>
        <source>Servers of this conversation</source>
        <translation>Serveurs de cette conversation</translation>
    </message>
    <message>
        <source>They carry its sealed messages and cannot look inside. All members move to the new ones by themselves; the old ones are listened to for some time.</source>
        <translation>Ils transportent ses messages scellés et ne peuvent pas les lire. Tous les membres passent d’eux-mêmes aux nouveaux serveurs&#x202f;; les anciens restent écoutés quelque temps.</translation>
    </message>
    <message>
        <source>One on each line.</source>
        <translation>Un par ligne.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Déplacer</translation>
    </message>
</context>
<context>
    <name>valise::ui::HoverBar</name>
    <message>
        <source>React</source>
        <translation>Réagir</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Répondre</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>Autres actions</translation>
    </message>
</context>
<context>
    <name>valise::ui::InvitationSheet</name>
    <message>
        <source>My invitation</source>
        <translation>Mon invitation</translation>
    </message>
    <message>
        <source>Give this link to people who should be able to start a conversation with you. It holds no secret; it says only where to reach you.</source>
        <translation>Donnez ce lien aux personnes qui doivent pouvoir ouvrir une conversation avec vous. Il ne contient aucun secret&#x202f;; il dit seulement où vous joindre.</translation>
    </message>
    <message>
        <source>Invitation link</source>
        <translation>Lien d’invitation</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>Copier le lien</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Copier l’adresse</translation>
    </message>
    <message>
        <source>To be sure that nobody is between you, compare the end of the address over another channel, for example in person.</source>
        <translation>Pour être sûr que personne ne s’interpose, comparez la fin de l’adresse par une autre voie, par exemple de vive voix.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
</context>
<context>
    <name>valise::ui::KeysSheet</name>
    <message>
        <source>Keys</source>
        <translation>Raccourcis</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source> or </source>
        <extracomment>Between keys that do the same: &quot;F1 or Ctrl+/&quot;</extracomment>
        <translation> ou </translation>
    </message>
</context>
<context>
    <name>valise::ui::LinkSheet</name>
    <message>
        <source>It looks like %1, but its letters are others. This is how false addresses are made.</source>
        <translation>Elle ressemble à %1, mais ses lettres sont différentes. C’est ainsi que l’on fabrique de fausses adresses.</translation>
    </message>
    <message>
        <source>It mixes letters of several alphabets, which honest addresses hardly ever do.</source>
        <translation>Elle mêle des lettres de plusieurs alphabets, ce que les adresses honnêtes ne font presque jamais.</translation>
    </message>
    <message>
        <source>A sign in it (@) makes it look like another address.</source>
        <translation>Un signe (@) la fait ressembler à une autre adresse.</translation>
    </message>
    <message>
        <source>“%1” stands before it in the link, but is not where it leads.</source>
        <translation>«&#xa0;%1&#xa0;» la précède dans le lien, mais ce n’est pas là qu’il mène.</translation>
    </message>
    <message>
        <source>It uses the unusual port %1.</source>
        <translation>Elle utilise le port inhabituel %1.</translation>
    </message>
    <message>
        <source>It is a number instead of a name; nobody vouches for who is behind it.</source>
        <translation>C’est un numéro au lieu d’un nom&#x202f;; personne ne garantit qui se trouve derrière.</translation>
    </message>
    <message>
        <source>The connection is not encrypted: others on the way can read along.</source>
        <translation>La connexion n’est pas chiffrée&#xa0;: d’autres peuvent lire en chemin.</translation>
    </message>
    <message>
        <source>Write an e-mail to this address?</source>
        <translation>Écrire un courriel à cette adresse&#x202f;?</translation>
    </message>
    <message>
        <source>This link cannot be opened</source>
        <translation>Ce lien ne peut pas être ouvert</translation>
    </message>
    <message>
        <source>Open this link?</source>
        <translation>Ouvrir ce lien&#x202f;?</translation>
    </message>
    <message>
        <source>It leads to %1</source>
        <translation>Il mène à %1</translation>
    </message>
    <message>
        <source>In Latin letters: %1</source>
        <translation>En lettres latines&#xa0;: %1</translation>
    </message>
    <message>
        <source>It is not written as a web or e-mail address, or hides something in it.</source>
        <translation>Il n’est pas écrit comme une adresse web ou de courriel, ou dissimule quelque chose.</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Copier l’adresse</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Écrire</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>Ouvrir dans le navigateur</translation>
    </message>
</context>
<context>
    <name>valise::ui::MemberRow</name>
    <message>
        <source>You · manages</source>
        <translation>Vous · gère</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Vous</translation>
    </message>
    <message>
        <source>Manages</source>
        <translation>Gère</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Copier l’adresse</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Retirer…</translation>
    </message>
    <message>
        <source>Let manage the conversation…</source>
        <translation>Laisser gérer la conversation…</translation>
    </message>
    <message>
        <source>Give up managing the conversation…</source>
        <translation>Renoncer à gérer la conversation…</translation>
    </message>
    <message>
        <source>Take the right to manage…</source>
        <translation>Retirer le droit de gérer…</translation>
    </message>
</context>
<context>
    <name>valise::ui::MentionCompletion</name>
    <message>
        <source>Members that fit</source>
        <translation>Membres correspondants</translation>
    </message>
</context>
<context>
    <name>valise::ui::MessageMenu</name>
    <message>
        <source>Copy the selected text</source>
        <translation>Copier le texte sélectionné</translation>
    </message>
</context>
<context>
    <name>valise::ui::Notice</name>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
</context>
<context>
    <name>valise::ui::OnboardingPage</name>
    <message>
        <source>Welcome to Valise</source>
        <translation>Bienvenue dans Valise</translation>
    </message>
    <message>
        <source>Conversations for people who negotiate. What you write is sealed on this device and opened only by the people you write to; the servers that carry it cannot look inside.</source>
        <translation>Des conversations pour celles et ceux qui négocient. Ce que vous écrivez est scellé sur cet appareil et n’est ouvert que par vos destinataires&#x202f;; les serveurs qui le transportent ne peuvent regarder à l’intérieur.</translation>
    </message>
    <message>
        <source>For example: Jean Kagabo</source>
        <translation>Par exemple&#xa0;: Jean Kagabo</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Votre nom</translation>
    </message>
    <message>
        <source>What is your name?</source>
        <translation>Quel est votre nom&#x202f;?</translation>
    </message>
    <message>
        <source>The people you talk to see it. You can change it later in the settings.</source>
        <translation>Vos interlocuteurs le voient. Vous pourrez le modifier dans les réglages.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Phrase secrète</translation>
    </message>
    <message>
        <source>The same passphrase again</source>
        <translation>La même phrase secrète, une seconde fois</translation>
    </message>
    <message>
        <source>Choose a passphrase</source>
        <translation>Choisissez une phrase secrète</translation>
    </message>
    <message>
        <source>It locks everything Valise keeps on this device, in case the device is lost or taken. Nobody can restore it, not even your help desk. Four or five unrelated words are easy to remember and hard to guess.</source>
        <translation>Elle verrouille tout ce que Valise conserve sur cet appareil, au cas où il serait perdu ou saisi. Personne ne peut la restituer, pas même votre service d’assistance. Quatre ou cinq mots sans rapport sont faciles à retenir et difficiles à deviner.</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Serveurs</translation>
    </message>
    <message>
        <source>Through which server?</source>
        <translation>Par quel serveur&#x202f;?</translation>
    </message>
    <message>
        <source>A server passes sealed messages on and holds them while the others are away. Any server of this kind will do; your organisation may have its own. Write one on each line.</source>
        <translation>Un serveur transmet les messages scellés et les garde en l’absence des destinataires. Tout serveur de ce type convient&#x202f;; votre organisation a peut-être le sien. Écrivez-en un par ligne.</translation>
    </message>
    <message>
        <source>Sealing your valise…</source>
        <translation>Votre valise est en cours de scellement…</translation>
    </message>
    <message>
        <source>The key is made from your passphrase. This takes a few seconds on purpose: it makes guessing slow.</source>
        <translation>La clé est tirée de votre phrase secrète. Cela prend quelques secondes, à dessein&#xa0;: deviner devient lent.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Commencer</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Terminer</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Étape %1 sur %2</translation>
    </message>
    <message>
        <source>At least %1 characters.</source>
        <translation>Au moins %1 caractères.</translation>
    </message>
    <message>
        <source>Easy to guess. Another word would help.</source>
        <translation>Facile à deviner. Un mot de plus aiderait.</translation>
    </message>
    <message>
        <source>Good. One more word would make it strong.</source>
        <translation>Bien. Un mot de plus la rendrait solide.</translation>
    </message>
    <message>
        <source>Strong.</source>
        <translation>Solide.</translation>
    </message>
    <message>
        <source>Please write your name; the people you talk to need to know who you are.</source>
        <translation>Veuillez écrire votre nom&#x202f;; vos interlocuteurs doivent savoir qui vous êtes.</translation>
    </message>
    <message>
        <source>This passphrase is too short. Please take at least %1 characters.</source>
        <translation>Cette phrase secrète est trop courte. Veuillez prendre au moins %1 caractères.</translation>
    </message>
    <message>
        <source>The two passphrases differ. Please write the same one twice.</source>
        <translation>Les deux phrases secrètes diffèrent. Veuillez écrire deux fois la même.</translation>
    </message>
</context>
<context>
    <name>valise::ui::PeoplePicker</name>
    <message>
        <source>Start a conversation</source>
        <translation>Ouvrir une conversation</translation>
    </message>
    <message>
        <source>Add people</source>
        <translation>Ajouter des personnes</translation>
    </message>
    <message>
        <source>With one person it is a direct conversation, with several a group. Only its members can read it.</source>
        <translation>Avec une personne, c’est une conversation directe&#x202f;; avec plusieurs, un groupe. Seuls ses membres peuvent la lire.</translation>
    </message>
    <message>
        <source>New members can read what is written from now on, not what was written before.</source>
        <translation>Les nouveaux membres lisent ce qui s’écrit désormais, non ce qui fut écrit auparavant.</translation>
    </message>
    <message>
        <source>Invitation links or addresses</source>
        <translation>Liens d’invitation ou adresses</translation>
    </message>
    <message>
        <source>Paste one or several here, each on its own line</source>
        <translation>Collez-en un ou plusieurs ici, un par ligne</translation>
    </message>
    <message>
        <source>Each person finds theirs under “My invitation”.</source>
        <translation>Chacun trouve le sien sous «&#xa0;Mon invitation&#xa0;».</translation>
    </message>
    <message>
        <source>People you know</source>
        <translation>Personnes que vous connaissez</translation>
    </message>
    <message>
        <source>Name of the group (may be left empty)</source>
        <translation>Nom du groupe (facultatif)</translation>
    </message>
    <message>
        <source>For example: Drafting committee</source>
        <translation>Par exemple&#xa0;: comité de rédaction</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Nobody is chosen yet. Please paste an invitation link or choose somebody you know.</source>
        <translation>Personne n’est encore choisi. Veuillez coller un lien d’invitation ou choisir une personne que vous connaissez.</translation>
    </message>
</context>
<context>
    <name>valise::ui::PinnedStrip</name>
    <message>
        <source>Do not pin this message any more</source>
        <translation>Ne plus épingler ce message</translation>
    </message>
    <message>
        <source>Pinned message by %1: %2</source>
        <translation>Message épinglé de %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Épinglé</translation>
    </message>
</context>
<context>
    <name>valise::ui::QuickReactions</name>
    <message>
        <source>Take back %1</source>
        <translation>Retirer %1</translation>
    </message>
    <message>
        <source>React with %1</source>
        <translation>Réagir avec %1</translation>
    </message>
    <message>
        <source>All emoji</source>
        <translation>Tous les émojis</translation>
    </message>
</context>
<context>
    <name>valise::ui::QuickSwitcher</name>
    <message>
        <source>Go to</source>
        <translation>Aller à</translation>
    </message>
    <message>
        <source>Go to a person, a group or a message</source>
        <translation>Aller à une personne, un groupe ou un message</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Résultats</translation>
    </message>
</context>
<context>
    <name>valise::ui::Rail</name>
    <message>
        <source>Conversations</source>
        <translation>Conversations</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Demandes</translation>
    </message>
    <message>
        <source>My invitation</source>
        <translation>Mon invitation</translation>
    </message>
    <message>
        <source>Requests: %1</source>
        <translation>Demandes&#xa0;: %1</translation>
    </message>
    <message>
        <source>Start a conversation</source>
        <translation>Ouvrir une conversation</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
</context>
<context>
    <name>valise::ui::RenameSheet</name>
    <message>
        <source>Rename the conversation</source>
        <translation>Renommer la conversation</translation>
    </message>
    <message>
        <source>All members see the new name.</source>
        <translation>Tous les membres voient le nouveau nom.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>A group needs a name. Please write one.</source>
        <translation>Un groupe a besoin d’un nom. Veuillez en écrire un.</translation>
    </message>
</context>
<context>
    <name>valise::ui::RetentionSheet</name>
    <message>
        <source>How long messages are kept</source>
        <translation>Durée de conservation des messages</translation>
    </message>
    <message>
        <source>Without limit</source>
        <translation>Sans limite</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Changer</translation>
    </message>
    <message>
        <source>It counts for every member and every device. Somebody who copied a message keeps the copy.</source>
        <translation>Elle vaut pour chaque membre et chaque appareil. Qui a copié un message garde la copie.</translation>
    </message>
</context>
<context>
    <name>valise::ui::SelectionBar</name>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Forward…</source>
        <translation>Transférer…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Supprimer…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) selected</source>
        <translation>
            <numerusform>%n message sélectionné</numerusform>
            <numerusform>%n messages sélectionnés</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::GroupController</name>
    <message>
        <source>Decline the invitation to “%1”?</source>
        <translation>Décliner l’invitation à «&#xa0;%1&#xa0;»&#x202f;?</translation>
    </message>
    <message>
        <source>You will not receive anything from this conversation.</source>
        <translation>Vous ne recevrez rien de cette conversation.</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Décliner</translation>
    </message>
    <message>
        <source>Leave “%1”?</source>
        <translation>Quitter «&#xa0;%1&#xa0;»&#x202f;?</translation>
    </message>
    <message>
        <source>You will receive nothing more. What was written so far stays on this device. To come back, a member has to invite you again.</source>
        <translation>Vous ne recevrez plus rien. Ce qui a été écrit jusqu’ici reste sur cet appareil. Pour revenir, il faudra qu’un membre vous invite de nouveau.</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Let %1 manage this conversation?</source>
        <translation>Laisser %1 gérer cette conversation&#x202f;?</translation>
    </message>
    <message>
        <source>Who manages it can add and remove people, rename it, change its servers and how long messages are kept, end it, and take these rights from you too.</source>
        <translation>Qui la gère peut ajouter et retirer des personnes, la renommer, changer ses serveurs et la durée de conservation des messages, y mettre fin, et aussi vous retirer ces droits.</translation>
    </message>
    <message>
        <source>Let manage</source>
        <translation>Laisser gérer</translation>
    </message>
    <message>
        <source>Give up managing this conversation?</source>
        <translation>Renoncer à gérer cette conversation&#x202f;?</translation>
    </message>
    <message>
        <source>Take from %1 the right to manage this conversation?</source>
        <translation>Retirer à %1 le droit de gérer cette conversation&#x202f;?</translation>
    </message>
    <message>
        <source>You stay a member. Only somebody who manages it can give you the right back.</source>
        <translation>Vous restez membre. Seule une personne qui la gère peut vous rendre ce droit.</translation>
    </message>
    <message>
        <source>The person stays a member and can read and write as before.</source>
        <translation>La personne reste membre et peut lire et écrire comme avant.</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Renoncer</translation>
    </message>
    <message>
        <source>Take the right</source>
        <translation>Retirer le droit</translation>
    </message>
    <message>
        <source>End “%1” for everybody?</source>
        <translation>Mettre fin à «&#xa0;%1&#xa0;» pour tout le monde&#x202f;?</translation>
    </message>
    <message>
        <source>Nobody can write here any more, and it cannot be opened again. What was written stays on each member&apos;s device.</source>
        <translation>Plus personne ne pourra y écrire, et elle ne pourra pas être rouverte. Ce qui a été écrit reste sur l’appareil de chaque membre.</translation>
    </message>
    <message>
        <source>End for everybody</source>
        <translation>Y mettre fin pour tous</translation>
    </message>
</context>
<context>
    <name>valise::ui::PeopleController</name>
    <message>
        <source>Remove %1?</source>
        <translation>Retirer %1&#x202f;?</translation>
    </message>
    <message>
        <source>This person can read nothing that is written from now on. What they have received already stays with them.</source>
        <translation>Cette personne ne pourra rien lire de ce qui s’écrira désormais. Ce qu’elle a déjà reçu lui reste.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
</context>
<context>
    <name>valise::ui::SessionController</name>
    <message>
        <source>Text size %1%</source>
        <extracomment>A text size</extracomment>
        <translation>Taille du texte&#xa0;: %1&#x202f;%</translation>
    </message>
</context>
<context>
    <name>Servers</name>
    <message>
        <source>At least one server is needed; without one nothing can be sent or received.</source>
        <translation>Il faut au moins un serveur&#x202f;; sans lui, rien ne peut être envoyé ni reçu.</translation>
    </message>
</context>
<context>
    <name>valise::ui::AccountPage</name>
    <message>
        <source>Your name</source>
        <translation>Votre nom</translation>
    </message>
    <message>
        <source>The people you talk to see it.</source>
        <translation>Vos interlocuteurs le voient.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>The window changes when the settings are closed.</source>
        <translation>La fenêtre change à la fermeture des réglages.</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Vous</translation>
    </message>
    <message>
        <source>profile account translation</source>
        <extracomment>Words that people may look for in the settings, between blanks</extracomment>
        <translation>profil compte identité traduction</translation>
    </message>
    <message>
        <source>Please write a name; the people you talk to need to know who you are.</source>
        <translation>Veuillez écrire un nom&#x202f;; vos interlocuteurs doivent savoir qui vous êtes.</translation>
    </message>
</context>
<context>
    <name>valise::ui::AppearancePage</name>
    <message>
        <source>Colours</source>
        <translation>Couleurs</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Contraste</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Élevé</translation>
    </message>
    <message>
        <source>%1%</source>
        <extracomment>A text size</extracomment>
        <translation>%1&#x202f;%</translation>
    </message>
    <message>
        <source>Size of text and icons</source>
        <translation>Taille du texte et des icônes</translation>
    </message>
    <message>
        <source>Also with %1 and %2; %3 is the normal size.</source>
        <translation>Aussi avec %1 et %2&#x202f;; %3 rétablit la taille normale.</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>Aérées</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Compactes</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Mouvement</translation>
    </message>
    <message>
        <source>Nothing moves or blinks</source>
        <translation>Rien ne bouge ni ne clignote</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Apparence</translation>
    </message>
    <message>
        <source>theme dark mode font zoom larger smaller density animation</source>
        <extracomment>Words that people may look for in the settings, between blanks</extracomment>
        <translation>thème mode sombre nuit police caractères zoom plus grand petit densité animation</translation>
    </message>
</context>
<context>
    <name>valise::ui::HelpPage</name>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Raccourcis</translation>
    </message>
    <message>
        <source>Everything that can be done with the keyboard.</source>
        <translation>Tout ce que l’on peut faire au clavier.</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnostic</translation>
    </message>
    <message>
        <source>For your help desk. Nothing there contains messages, names or keys.</source>
        <translation>Pour votre service d’assistance. Rien ici ne contient de messages, de noms ni de clés.</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>shortcuts keyboard support log problem</source>
        <extracomment>Words that people may look for in the settings, between blanks</extracomment>
        <translation>raccourcis clavier assistance journal problème</translation>
    </message>
</context>
<context>
    <name>valise::ui::NotificationsPage</name>
    <message>
        <source>What notifications show</source>
        <translation>Ce que montrent les notifications</translation>
    </message>
    <message>
        <source>Others can see a screen. Muted conversations send no notifications.</source>
        <translation>D’autres peuvent voir un écran. Les conversations en sourdine n’envoient pas de notifications.</translation>
    </message>
    <message>
        <source>Who writes, and what</source>
        <translation>Qui écrit, et quoi</translation>
    </message>
    <message>
        <source>Who writes</source>
        <translation>Qui écrit</translation>
    </message>
    <message>
        <source>Only that something came</source>
        <translation>Seulement que quelque chose est arrivé</translation>
    </message>
    <message>
        <source>Nothing: there are none</source>
        <translation>Rien&#xa0;: il n’y en a pas</translation>
    </message>
    <message>
        <source>How long they stay</source>
        <translation>Combien de temps elles restent</translation>
    </message>
    <message>
        <source>As long as the system decides</source>
        <translation>Aussi longtemps que le système le décide</translation>
    </message>
    <message>
        <source>Until they are read</source>
        <translation>Jusqu’à ce qu’elles soient lues</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Ne pas déranger</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>Jusqu’au %1</translation>
    </message>
    <message>
        <source>For an hour</source>
        <translation>Pendant une heure</translation>
    </message>
    <message>
        <source>For eight hours</source>
        <translation>Pendant huit heures</translation>
    </message>
    <message>
        <source>Until tomorrow morning</source>
        <translation>Jusqu’à demain matin</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Notifications</translation>
    </message>
    <message>
        <source>quiet silence pop-up message alert preview</source>
        <extracomment>Words that people may look for in the settings, between blanks</extracomment>
        <translation>calme silence bulle alerte son aperçu</translation>
    </message>
</context>
<context>
    <name>valise::ui::PrivacyPage</name>
    <message>
        <source>What the others learn</source>
        <translation>Ce que les autres apprennent</translation>
    </message>
    <message>
        <source>Tell that I received and read messages</source>
        <translation>Indiquer que j’ai reçu et lu les messages</translation>
    </message>
    <message>
        <source>Read is what stood in this window while it was in front. In large groups nothing is told.</source>
        <translation>Est lu ce qui s’est trouvé dans cette fenêtre au premier plan. Dans les grands groupes, rien n’est indiqué.</translation>
    </message>
    <message>
        <source>Tell that I am writing, and show who is</source>
        <translation>Indiquer que j’écris, et montrer qui écrit</translation>
    </message>
    <message>
        <source>Others see it only if they tell it too.</source>
        <translation>Les autres ne le voient que s’ils l’indiquent aussi.</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Confidentialité</translation>
    </message>
    <message>
        <source>read receipts confirmation delivered seen typing indicator</source>
        <extracomment>Words that people may look for in the settings, between blanks</extracomment>
        <translation>accusé de réception lecture confirmation lu reçu vu saisie en train d’écrire</translation>
    </message>
</context>
<context>
    <name>valise::ui::ServersPage</name>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Serveurs</translation>
    </message>
    <message>
        <source>One on each line. They carry sealed messages and cannot look inside; with two or three of them, messages arrive even if one fails.</source>
        <translation>Un par ligne. Ils transportent des messages scellés sans pouvoir regarder à l’intérieur&#x202f;; avec deux ou trois, les messages arrivent même si l’un fait défaut.</translation>
    </message>
    <message>
        <source>How servers are reached</source>
        <translation>Accès aux serveurs</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Enregistré.</translation>
    </message>
    <message>
        <source>network connection relay proxy socks http internet</source>
        <extracomment>Words that people may look for in the settings, between blanks</extracomment>
        <translation>réseau connexion relais proxy mandataire socks http internet</translation>
    </message>
</context>
<context>
    <name>valise::ui::SettingsRow</name>
    <message>
        <source>Set by your organisation.</source>
        <translation>Défini par votre organisation.</translation>
    </message>
</context>
<context>
    <name>valise::ui::SettingsSheet</name>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Rubriques</translation>
    </message>
    <message>
        <source>Nothing was found. Please try another word.</source>
        <translation>Rien n’a été trouvé. Veuillez essayer un autre mot.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Rechercher dans les réglages</translation>
    </message>
    <message>
        <source>Changes are kept at once.</source>
        <translation>Les changements sont conservés aussitôt.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>Where a setting was found: section, name of the setting</extracomment>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message numerus="yes">
        <source>Found in %n section(s). %1</source>
        <translation>
            <numerusform>Trouvé dans %n rubrique. %1</numerusform>
            <numerusform>Trouvé dans %n rubriques. %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::WritingPage</name>
    <message>
        <source>Send with</source>
        <translation>Envoyer avec</translation>
    </message>
    <message>
        <source>%1 always makes a new line.</source>
        <translation>%1 fait toujours une nouvelle ligne.</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Écriture</translation>
    </message>
    <message>
        <source>keyboard shortcut key line break</source>
        <extracomment>Words that people may look for in the settings, between blanks</extracomment>
        <translation>clavier raccourci touche retour à la ligne entrée</translation>
    </message>
</context>
<context>
    <name>valise::ui::SidePanel</name>
    <message>
        <source>Members</source>
        <translation>Membres</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Sécurité</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Chiffrement</translation>
    </message>
    <message>
        <source>Verified members</source>
        <translation>Membres vérifiés</translation>
    </message>
    <message>
        <source>Messages kept</source>
        <translation>Messages conservés</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Serveurs</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Actions</translation>
    </message>
    <message>
        <source>Add people…</source>
        <translation>Ajouter des personnes…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Renommer…</translation>
    </message>
    <message>
        <source>Leave…</source>
        <translation>Quitter…</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n membre</numerusform>
            <numerusform>%n membres</numerusform>
        </translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>End to end</source>
        <translation>De bout en bout</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Without limit</source>
        <translation>Sans limite</translation>
    </message>
    <message>
        <source>%1 of %2 reached</source>
        <translation>%1 sur %2 joints</translation>
    </message>
    <message>
        <source>How long messages are kept…</source>
        <translation>Durée de conservation…</translation>
    </message>
    <message>
        <source>Servers…</source>
        <translation>Serveurs…</translation>
    </message>
    <message>
        <source>End for everybody…</source>
        <translation>Y mettre fin pour tous…</translation>
    </message>
</context>
<context>
    <name>valise::ui::StarredSheet</name>
    <message>
        <source>Starred messages</source>
        <translation>Messages marqués d’une étoile</translation>
    </message>
    <message>
        <source>Only you see which messages you starred.</source>
        <translation>Vous seul voyez quels messages vous avez marqués.</translation>
    </message>
    <message>
        <source>Nothing is starred yet. Press S on a message, or use its menu.</source>
        <translation>Aucun message n’est encore marqué. Appuyez sur S sur un message, ou utilisez son menu.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>valise::ui::TimelineView</name>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>Go to the newest message</source>
        <translation>Aller au message le plus récent</translation>
    </message>
    <message>
        <source>No messages yet. What you write here is sealed.</source>
        <translation>Pas encore de message. Ce que vous écrivez ici est scellé.</translation>
    </message>
    <message>
        <source>in reply to %1: %2. </source>
        <translation>en réponse à %1&#xa0;: %2. </translation>
    </message>
    <message>
        <source>You</source>
        <translation>Vous</translation>
    </message>
    <message>
        <source>New messages above</source>
        <translation>Nouveaux messages plus haut</translation>
    </message>
    <message>
        <source>Go back to where you came from</source>
        <translation>Revenir où vous étiez</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <extracomment>A copied message: author, time, text</extracomment>
        <translation>%1, %2&#xa0;: %3</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>Modifié</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>Marqué d’une étoile</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>For screen readers: author, time</extracomment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Épinglé</translation>
    </message>
</context>
<context>
    <name>valise::ui::Tray</name>
    <message>
        <source>Open Valise</source>
        <translation>Ouvrir Valise</translation>
    </message>
    <message>
        <source>Do not disturb for an hour</source>
        <translation>Ne pas déranger pendant une heure</translation>
    </message>
    <message>
        <source>Do not disturb until tomorrow morning</source>
        <translation>Ne pas déranger jusqu’à demain matin</translation>
    </message>
    <message>
        <source>Notify again</source>
        <translation>Notifier à nouveau</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter Valise</translation>
    </message>
    <message numerus="yes">
        <source>Valise — %n unread</source>
        <translation>
            <numerusform>Valise — %n non lu</numerusform>
            <numerusform>Valise — %n non lus</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::UnlockPage</name>
    <message>
        <source>Your valise is locked</source>
        <translation>Votre valise est verrouillée</translation>
    </message>
    <message>
        <source>Enter your passphrase to open it.</source>
        <translation>Entrez votre phrase secrète pour l’ouvrir.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Phrase secrète</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Please enter your passphrase.</source>
        <translation>Veuillez entrer votre phrase secrète.</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Ouverture…</translation>
    </message>
</context>
<context>
    <name>valise::ui::RequestBar</name>
    <message>
        <source>Accept</source>
        <translation>Accepter</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Décliner</translation>
    </message>
    <message>
        <source>You are invited to this conversation. If you accept, its members see that you joined.</source>
        <translation>Vous êtes invité à cette conversation. Si vous acceptez, ses membres verront que vous l’avez rejointe.</translation>
    </message>
    <message>
        <source>%1 invites you to this conversation. If you accept, its members see that you joined. If you decline, nobody is told why.</source>
        <translation>%1 vous invite à cette conversation. Si vous acceptez, ses membres verront que vous l’avez rejointe. Si vous déclinez, personne n’en apprend la raison.</translation>
    </message>
</context>
<context>
    <name>valise::ui::EmptyState</name>
    <message>
        <source>Start a conversation</source>
        <translation>Ouvrir une conversation</translation>
    </message>
    <message>
        <source>Show my invitation</source>
        <translation>Afficher mon invitation</translation>
    </message>
    <message>
        <source>Your valise is ready</source>
        <translation>Votre valise est prête</translation>
    </message>
    <message>
        <source>Choose a conversation</source>
        <translation>Choisissez une conversation</translation>
    </message>
    <message>
        <source>Start a conversation with somebody&apos;s invitation, or give yours to the person you want to talk to. Only the people in a conversation can read it.</source>
        <translation>Ouvrez une conversation avec l’invitation de quelqu’un, ou donnez la vôtre à la personne à qui vous voulez parler. Seuls les participants d’une conversation peuvent la lire.</translation>
    </message>
    <message>
        <source>Pick one on the list, go there with Ctrl+K, or start a new one.</source>
        <translation>Choisissez-en une dans la liste, allez-y avec Ctrl+K, ou commencez-en une nouvelle.</translation>
    </message>
</context>
<context>
    <name>valise::ui::ClosedBar</name>
    <message>
        <source>You are leaving. The others&apos; programs confirm it when they are next connected.</source>
        <translation>Vous quittez la conversation. Les programmes des autres membres le confirmeront à leur prochaine connexion.</translation>
    </message>
    <message>
        <source>You left this conversation. What was written stays here.</source>
        <translation>Vous avez quitté cette conversation. Ce qui a été écrit reste ici.</translation>
    </message>
    <message>
        <source>You were removed from this conversation. What was written stays here.</source>
        <translation>Vous avez été retiré de cette conversation. Ce qui a été écrit reste ici.</translation>
    </message>
    <message>
        <source>This conversation was ended for everybody. What was written stays here.</source>
        <translation>Cette conversation a été close pour tous. Ce qui a été écrit reste ici.</translation>
    </message>
    <message>
        <source>This conversation cannot be followed any more. Ask a member to remove and add you again; what was written stays here.</source>
        <translation>Cette conversation ne peut plus être suivie. Demandez à un membre de vous retirer puis de vous ajouter de nouveau&#x202f;; ce qui a été écrit reste ici.</translation>
    </message>
</context>
<context>
    <name>valise::ui::ConversationPage</name>
    <message>
        <source>New since you last wrote here: %1.</source>
        <translation>Nouveau depuis votre dernier message ici&#xa0;: %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s) will read what you write.</source>
        <translation>
            <numerusform>%n membre lira ce que vous écrivez.</numerusform>
            <numerusform>%n membres liront ce que vous écrivez.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You have not verified %n of them.</source>
        <translation>
            <numerusform>Vous n’avez pas vérifié %n d’entre eux.</numerusform>
            <numerusform>Vous n’avez pas vérifié %n d’entre eux.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n nouveau message</numerusform>
            <numerusform>%n nouveaux messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Later</name>
    <message>
        <source>%1 at %2</source>
        <translation>%1 à %2</translation>
    </message>
    <message>
        <source>%1 in %2 (your time: %3)</source>
        <translation>%1 à %2 (votre heure : %3)</translation>
    </message>
</context>
<context>
    <name>valise::ui::LaterStrip</name>
    <message>
        <source>A message was not sent at its time</source>
        <translation>Un message n’est pas parti à son heure</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) to be sent later</source>
        <translation>
            <numerusform>%n message à envoyer plus tard</numerusform>
            <numerusform>%n messages à envoyer plus tard</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::LaterController</name>
    <message>
        <source>Please send or clear first what stands in the message field.</source>
        <translation>Envoyez ou effacez d’abord ce qui se trouve dans le champ de message.</translation>
    </message>
</context>
<context>
    <name>valise::ui::SendLaterSheet</name>
    <message>
        <source>Send later</source>
        <translation>Envoyer plus tard</translation>
    </message>
    <message>
        <source>The message waits encrypted on this device. Valise must be running at that time.</source>
        <translation>Le message attend, chiffré, sur cet appareil. Valise doit être ouvert à ce moment-là.</translation>
    </message>
    <message>
        <source>By the clock of</source>
        <translation>À l’heure de</translation>
    </message>
    <message>
        <source>Your own clock (%1)</source>
        <translation>Votre propre heure (%1)</translation>
    </message>
    <message>
        <source>Another time</source>
        <translation>Un autre moment</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>In an hour</source>
        <translation>Dans une heure</translation>
    </message>
    <message>
        <source>This evening</source>
        <translation>Ce soir</translation>
    </message>
    <message>
        <source>Tomorrow morning</source>
        <translation>Demain matin</translation>
    </message>
    <message>
        <source>Monday morning</source>
        <translation>Lundi matin</translation>
    </message>
    <message>
        <source>It will be sent on %1.</source>
        <translation>Il partira le %1.</translation>
    </message>
    <message>
        <source>That time is over.</source>
        <translation>Ce moment est passé.</translation>
    </message>
    <message>
        <source>That time is over. Please choose a later one.</source>
        <translation>Ce moment est passé. Choisissez-en un plus tardif.</translation>
    </message>
</context>
<context>
    <name>valise::ui::ScheduledSheet</name>
    <message>
        <source>To be sent later</source>
        <translation>À envoyer plus tard</translation>
    </message>
    <message>
        <source>These messages wait encrypted on this device and are sent by themselves while Valise is running.</source>
        <translation>Ces messages attendent, chiffrés, sur cet appareil et partent d’eux-mêmes tant que Valise est ouvert.</translation>
    </message>
    <message>
        <source>Nothing waits to be sent later.</source>
        <translation>Rien n’attend d’être envoyé plus tard.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Another time…</source>
        <translation>Un autre moment…</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Envoyer maintenant</translation>
    </message>
    <message>
        <source>Not sent: Valise was closed or offline on %1</source>
        <translation>Pas envoyé : Valise était fermé ou hors ligne le %1</translation>
    </message>
    <message>
        <source>Not sent: on %1 you could not write here</source>
        <translation>Pas envoyé : le %1, vous ne pouviez pas écrire ici</translation>
    </message>
</context>
<context>
    <name>valise::ui::ProxyFields</name>
    <message>
        <source>As the system says</source>
        <translation>Comme le système l’indique</translation>
    </message>
    <message>
        <source>Straight, without a proxy</source>
        <translation>Directement, sans proxy</translation>
    </message>
    <message>
        <source>Through an HTTP proxy</source>
        <translation>Par un proxy HTTP</translation>
    </message>
    <message>
        <source>Through a SOCKS5 proxy</source>
        <translation>Par un proxy SOCKS5</translation>
    </message>
    <message>
        <source>How servers are reached</source>
        <translation>Accès aux serveurs</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>Adresse du proxy</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Name, if it asks for one</source>
        <translation>Nom, s’il en demande un</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Conservé</translation>
    </message>
    <message>
        <source>The address of the proxy is missing.</source>
        <translation>L’adresse du proxy manque.</translation>
    </message>
</context>
<context>
    <name>Spelling</name>
    <message>
        <source>It is too large to be a dictionary, so it is not used.</source>
        <translation>Il est trop volumineux pour être un dictionnaire&#x202f;; il n’est donc pas utilisé.</translation>
    </message>
    <message>
        <source>It is written in a way that Valise does not know, so it is not used.</source>
        <translation>Il est écrit d’une façon que Valise ne connaît pas&#x202f;; il n’est donc pas utilisé.</translation>
    </message>
    <message>
        <source>Its files cannot be read, so it is not used.</source>
        <translation>Ses fichiers ne peuvent pas être lus&#x202f;; il n’est donc pas utilisé.</translation>
    </message>
    <message>
        <source>It is damaged or incomplete, so it is not used. Please install it again.</source>
        <translation>Il est endommagé ou incomplet&#x202f;; il n’est donc pas utilisé. Veuillez le réinstaller.</translation>
    </message>
</context>
<context>
    <name>valise::ui::FieldSpelling</name>
    <message>
        <source>Looking for suggestions…</source>
        <translation>Recherche de suggestions…</translation>
    </message>
    <message>
        <source>Add to my words</source>
        <translation>Ajouter à mes mots</translation>
    </message>
    <message>
        <source>Your list of words is full, so this one was not added. Words that are no longer needed can be removed in the settings, under Spelling.</source>
        <translation>Votre liste de mots est pleine&#x202f;; celui-ci n’a pas été ajouté. Les mots devenus inutiles peuvent être retirés dans les réglages, sous Orthographe.</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorer</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>Aucune suggestion</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Couper</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Coller</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Tout sélectionner</translation>
    </message>
</context>
<context>
    <name>valise::ui::SpellingPage</name>
    <message>
        <source>Mark words that may be misspelt</source>
        <translation>Souligner les mots peut-être mal orthographiés</translation>
    </message>
    <message>
        <source>Words are looked up on this computer only. The menu on a marked word offers others.</source>
        <translation>Les mots ne sont cherchés que sur cet ordinateur. Le menu d’un mot souligné en propose d’autres.</translation>
    </message>
    <message>
        <source>Dictionaries</source>
        <translation>Dictionnaires</translation>
    </message>
    <message>
        <source>Choose by the languages of this computer and of Valise</source>
        <translation>Choisir selon les langues de cet ordinateur et de Valise</translation>
    </message>
    <message>
        <source>A word is right if one of the chosen dictionaries has it.</source>
        <translation>Un mot est juste si l’un des dictionnaires choisis le contient.</translation>
    </message>
    <message>
        <source>No dictionary is installed on this computer. Your help desk can install one; packages of the kind “hunspell” hold them, one for each language.</source>
        <translation>Aucun dictionnaire n’est installé sur cet ordinateur. Votre service d’assistance peut en installer&#x202f;; les paquets de type «&#xa0;hunspell&#xa0;» les contiennent, un par langue.</translation>
    </message>
    <message>
        <source>My words</source>
        <translation>Mes mots</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>None yet. “Add to my words”, in the menu on a marked word, puts one here. They stay in your encrypted profile.</source>
        <translation>Aucun pour l’instant. «&#xa0;Ajouter à mes mots&#xa0;», dans le menu d’un mot souligné, en place un ici. Ils restent dans votre profil chiffré.</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>Remettre</translation>
    </message>
    <message>
        <source>At most %1 dictionaries can be used at once. Please choose those of the languages you write most.</source>
        <translation>Au plus %1 dictionnaires peuvent être utilisés à la fois. Veuillez choisir ceux des langues que vous écrivez le plus.</translation>
    </message>
    <message>
        <source>Spelling</source>
        <translation>Orthographe</translation>
    </message>
    <message>
        <source>spell check dictionary misspelled correction vocabulary</source>
        <extracomment>Words that people may look for in the settings, between blanks</extracomment>
        <translation>correcteur orthographique dictionnaire faute correction vocabulaire</translation>
    </message>
</context>
</TS>
