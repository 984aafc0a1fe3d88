// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/dialogs/key_help.h"

#include <QCoreApplication>

namespace valise::ui {
namespace {

struct Keys {
    Q_DECLARE_TR_FUNCTIONS(Keys)
};

KeyHelp line(std::initializer_list<const char*> keys, const QString& what) {
    KeyHelp help{{}, what};
    for (const char* one : keys)
        help.keys.append(QKeySequence(QLatin1String(one)));
    return help;
}

KeyHelp line(const char* keys, const QString& what) {
    return line({keys}, what);
}

} // namespace

QVector<KeyHelpSection> keyHelp() {
    return {
        {Keys::tr("Everywhere"),
         {
             line("Ctrl+N", Keys::tr("Start a conversation")),
             line("Ctrl+K", Keys::tr("Go to a person, a group or a message")),
             line("Ctrl+F", Keys::tr("Search")),
             line("Alt+Up", Keys::tr("Previous conversation")),
             line("Alt+Down", Keys::tr("Next conversation")),
             line("F6", Keys::tr("To the next part of the window")),
             line("Shift+F6", Keys::tr("To the previous part of the window")),
             line("Ctrl+Shift+M", Keys::tr("Show or hide members and security")),
             line({"Ctrl++", "Ctrl+="}, Keys::tr("Larger text")),
             line("Ctrl+-", Keys::tr("Smaller text")),
             line("Ctrl+0", Keys::tr("Normal text size")),
             line("Ctrl+,", Keys::tr("Settings")),
             line({"F1", "Ctrl+/"}, Keys::tr("This page")),
             line("Esc", Keys::tr("Close, or back to the message field")),
             line("Ctrl+Q", Keys::tr("Quit")),
         }},
        {Keys::tr("In a conversation"),
         {
             line("Ctrl+Shift+F", Keys::tr("Search in this conversation")),
             line("Ctrl+G", Keys::tr("Go to a date")),
             line("Ctrl+U", Keys::tr("Go to the first unread message")),
             line("Home", Keys::tr("To the oldest message that is loaded")),
             line("End", Keys::tr("To the newest message")),
         }},
        {Keys::tr("In the message field"),
         {
             line("Return", Keys::tr("Send the message")),
             line("Shift+Return", Keys::tr("New line in the message")),
             line("Ctrl+Return", Keys::tr("Send the message, whatever is set")),
             line("Ctrl+Shift+Return", Keys::tr("Send the message later, or show what is to be sent later")),
             line("Ctrl+E", Keys::tr("Emoji")),
             line("@", Keys::tr("Mention a member")),
             line("Ctrl+B", Keys::tr("Bold")),
             line("Ctrl+I", Keys::tr("Italic")),
             line("Ctrl+Shift+X", Keys::tr("Struck through")),
             line("Ctrl+Shift+C", Keys::tr("Code")),
             line("Ctrl+Shift+Q", Keys::tr("Quotation")),
             line("Ctrl+Shift+L", Keys::tr("List")),
             line({"Menu", "Shift+F10"}, Keys::tr("On a marked word: what may have been meant")),
             line("Up", Keys::tr("From the empty field to the messages")),
         }},
        {Keys::tr("On a message"),
         {
             line({"R", "Return"}, Keys::tr("Reply")),
             line("+", Keys::tr("React")),
             line("E", Keys::tr("Edit, if it is your own")),
             line("Ctrl+C", Keys::tr("Copy the selected text or message")),
             line("L", Keys::tr("Open its link")),
             line("F", Keys::tr("Forward")),
             line("S", Keys::tr("Star")),
             line("P", Keys::tr("Pin, or do not pin any more")),
             line("I", Keys::tr("Details")),
             line("M", Keys::tr("Show the whole of a long message")),
             line("O", Keys::tr("Go to the message it answers")),
             line("Backspace", Keys::tr("Back to where one came from")),
             line("Space", Keys::tr("Select several")),
             line("Del", Keys::tr("Delete")),
             line("Menu", Keys::tr("Everything that can be done with it")),
         }},
    };
}

} // namespace valise::ui
