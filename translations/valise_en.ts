<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Card</name>
    <message numerus="yes">
        <source>and %n more</source>
        <extracomment>Answers of a poll that are not shown</extracomment>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
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
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Waiting for the network — %n message(s) wait to be sent and will go out by themselves. Reading works offline.</source>
        <translation>
            <numerusform>Waiting for the network — %n message waits to be sent and will go out by itself. Reading works offline.</numerusform>
            <numerusform>Waiting for the network — %n messages wait to be sent and will go out by themselves. Reading works offline.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 %n message(s) wait to be sent.</source>
        <translation>
            <numerusform>%1 %n message waits to be sent.</numerusform>
            <numerusform>%1 %n messages wait to be sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n member</numerusform>
            <numerusform>%n members</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Message — encrypted for %n member(s)</source>
        <translation>
            <numerusform>Message — encrypted for %n member</numerusform>
            <numerusform>Message — encrypted for %n members</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delivered to %n member(s)</source>
        <translation>
            <numerusform>Delivered to %n member</numerusform>
            <numerusform>Delivered to %n members</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read by %n member(s)</source>
        <translation>
            <numerusform>Read by %n member</numerusform>
            <numerusform>Read by %n members</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n member(s) are writing…</source>
        <translation>
            <numerusform>%n member is writing…</numerusform>
            <numerusform>%n members are writing…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n new message</numerusform>
            <numerusform>%n new messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::ConversationListModel</name>
    <message numerus="yes">
        <source>%n unread message(s)</source>
        <translation>
            <numerusform>%n unread message</numerusform>
            <numerusform>%n unread messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to be sent</source>
        <translation>
            <numerusform>%n waiting to be sent</numerusform>
            <numerusform>%n waiting to be sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not sent</source>
        <translation>
            <numerusform>%n not sent</numerusform>
            <numerusform>%n not sent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::DeleteSheet</name>
    <message numerus="yes">
        <source>Delete %n message(s)?</source>
        <translation>
            <numerusform>Delete %n message?</numerusform>
            <numerusform>Delete %n messages?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::DetailsSheet</name>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::ForwardSheet</name>
    <message numerus="yes">
        <source>%n message(s), in their order</source>
        <translation>
            <numerusform>%n message, in their order</numerusform>
            <numerusform>%n messages, in their order</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::SelectionBar</name>
    <message numerus="yes">
        <source>%n message(s) selected</source>
        <translation>
            <numerusform>%n message selected</numerusform>
            <numerusform>%n messages selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::SidePanel</name>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n member</numerusform>
            <numerusform>%n members</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::Tray</name>
    <message numerus="yes">
        <source>Valise — %n unread</source>
        <translation>
            <numerusform>Valise — %n unread</numerusform>
            <numerusform>Valise — %n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::ConversationPage</name>
    <message numerus="yes">
        <source>%n member(s) will read what you write.</source>
        <translation>
            <numerusform>%n member will read what you write.</numerusform>
            <numerusform>%n members will read what you write.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You have not verified %n of them.</source>
        <translation>
            <numerusform>You have not verified %n of them.</numerusform>
            <numerusform>You have not verified %n of them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n new message</numerusform>
            <numerusform>%n new messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::LaterStrip</name>
    <message numerus="yes">
        <source>%n message(s) to be sent later</source>
        <translation>
            <numerusform>%n message to be sent later</numerusform>
            <numerusform>%n messages to be sent later</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::SettingsSheet</name>
    <message numerus="yes">
        <source>Found in %n section(s). %1</source>
        <translation>
            <numerusform>Found in %n section. %1</numerusform>
            <numerusform>Found in %n sections. %1</numerusform>
        </translation>
    </message>
</context>
</TS>
