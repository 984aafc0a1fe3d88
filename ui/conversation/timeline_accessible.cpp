// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/timeline_accessible.h"

#include "ui/conversation/timeline_view.h"
#include "ui/format.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

#include <array>
#include <map>

namespace valise::ui {
namespace {

QRect onScreen(const TimelineView& view, const QRect& rect) {
    return rect.isNull() ? QRect() : QRect(view.viewport()->mapToGlobal(rect.topLeft()), rect.size());
}

//! A part of a message's body: a link of a text, a line or a button of a card.
class PartAccessible final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    PartAccessible(TimelineView* view, qint64 row, int part)
        : m_view(view)
        , m_row(row)
        , m_part(part) {}
    int number() const { return m_part; }
    bool isValid() const override {
        const MessageBody* body = m_view ? m_view->bodyAt(index()) : nullptr;
        return body && m_part < body->partCount();
    }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override {
        QAccessibleInterface* list = m_view ? QAccessible::queryAccessibleInterface(m_view.data()) : nullptr;
        return list ? list->child(index()) : nullptr;
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text which) const override {
        return which == QAccessible::Name ? part().name : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override {
        return m_view ? onScreen(*m_view, m_view->partRect(index(), m_part)) : QRect();
    }
    QAccessible::Role role() const override { return part().role; }
    QAccessible::State state() const override {
        const BodyPart known = part();
        QAccessible::State s;
        s.invalid = !isValid();
        s.disabled = !known.enabled;
        s.checkable = known.checkable;
        s.checked = known.checked;
        s.focusable = known.tabStop;
        s.readOnly = known.hit.kind == BodyHit::None;
        s.focused = m_view && m_view->hasFocus() && m_view->focusedIndex() == index() &&
                    m_view->focusedPart() == m_part;
        s.offscreen = rect().isNull();
        return s;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                    : nullptr;
    }

    QStringList actionNames() const override {
        const BodyPart known = part();
        QStringList names;
        if (known.hit.kind != BodyHit::None)
            names << (known.checkable ? toggleAction() : pressAction());
        if (known.tabStop)
            names << setFocusAction();
        return names;
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }
    void doAction(const QString& name) override {
        if (!isValid() || !actionNames().contains(name))
            return;
        if (name == setFocusAction()) {
            m_view->setFocus(Qt::OtherFocusReason);
            m_view->focusPart(index(), m_part);
        } else {
            m_view->triggerPart(index(), m_part);
        }
    }

private:
    int index() const { return m_view ? m_view->model()->indexOfRow(m_row) : -1; }
    BodyPart part() const {
        const MessageBody* body = m_view ? m_view->bodyAt(index()) : nullptr;
        return body ? body->part(m_part) : BodyPart();
    }

    QPointer<TimelineView> m_view;
    qint64 m_row;
    int m_part;
};

//! One message, for screen readers, with the parts of its body. It is named by its storage row, which stays
//! when others come and go.
class MessageAccessible final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    MessageAccessible(TimelineView* view, qint64 row)
        : m_view(view)
        , m_row(row) {}
    ~MessageAccessible() override {
        for (const auto& [part, id] : m_parts)
            QAccessible::deleteAccessibleInterface(id);
    }
    int index() const { return m_view ? m_view->model()->indexOfRow(m_row) : -1; }
    bool isValid() const override { return index() >= 0; }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int x, int y) const override {
        const int at = index();
        for (int i = 0; i < childCount(); ++i)
            if (onScreen(*m_view, m_view->partRect(at, i)).contains(x, y))
                return child(i);
        return nullptr;
    }
    QAccessibleInterface* parent() const override {
        return m_view ? QAccessible::queryAccessibleInterface(m_view.data()) : nullptr;
    }
    QAccessibleInterface* child(int part) const override {
        if (part < 0 || part >= childCount())
            return nullptr;
        const auto known = m_parts.find(part);
        if (known != m_parts.end())
            return QAccessible::accessibleInterface(known->second);
        auto* made = new PartAccessible(m_view, m_row, part);
        m_parts[part] = QAccessible::registerAccessibleInterface(made);
        return made;
    }
    int childCount() const override {
        const MessageBody* body = m_view ? m_view->bodyAt(index()) : nullptr;
        return body ? body->partCount() : 0;
    }
    int indexOfChild(const QAccessibleInterface* child) const override {
        const auto* part = dynamic_cast<const PartAccessible*>(child);
        return part ? part->number() : -1;
    }
    //! After the message changed.
    void tellChanged() {
        QAccessibleEvent event(this, QAccessible::NameChanged);
        QAccessible::updateAccessibility(&event);
        for (const auto& [part, id] : m_parts) {
            QAccessibleInterface* face = QAccessible::accessibleInterface(id);
            if (!face || !face->isValid())
                continue;
            QAccessibleEvent name(face, QAccessible::NameChanged);
            QAccessible::updateAccessibility(&name);
            QAccessible::State changed;
            changed.checked = true;
            QAccessibleStateChangeEvent state(face, changed);
            QAccessible::updateAccessibility(&state);
        }
    }
    QString text(QAccessible::Text which) const override {
        const int at = index();
        if (at < 0)
            return {};
        if (which == QAccessible::Name)
            return m_view->describe(at);
        if (which == QAccessible::Value)
            return m_view->spokenText(at);
        return {};
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override {
        const int at = index();
        if (at < 0)
            return {};
        return onScreen(*m_view, m_view->rowRect(at));
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override {
        QAccessible::State s;
        const int at = index();
        s.invalid = at < 0;
        s.focusable = true;
        s.readOnly = true;
        s.focused = at >= 0 && m_view->hasFocus() && m_view->focusedIndex() == at;
        s.selectable = true;
        s.selected = at >= 0 && m_view->isChosen(m_row);
        s.offscreen = rect().isNull();
        return s;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                    : nullptr;
    }

    // The actions of the message's menu, by the same names.
    QStringList actionNames() const override {
        QStringList names;
        const int at = index();
        if (at < 0)
            return names;
        names << setFocusAction();
        for (const MessageAction action : m_view->actionsAt(at))
            names << actionText(action, m_view->model()->at(at));
        return names;
    }
    QString localizedActionName(const QString& name) const override {
        return name == setFocusAction() ? QAccessibleActionInterface::localizedActionName(name) : name;
    }
    QStringList keyBindingsForAction(const QString& name) const override {
        const int at = index();
        if (at >= 0)
            for (const MessageAction action : m_view->actionsAt(at))
                if (actionText(action, m_view->model()->at(at)) == name)
                    return {keysText(actionKey(action))};
        return {};
    }
    void doAction(const QString& name) override {
        const int at = index();
        if (at < 0)
            return;
        if (name == setFocusAction()) {
            m_view->setFocus(Qt::OtherFocusReason);
            m_view->moveFocus(at);
            return;
        }
        for (const MessageAction action : m_view->actionsAt(at)) {
            if (actionText(action, m_view->model()->at(at)) == name) {
                m_view->act(action, at);
                return;
            }
        }
    }

private:
    QPointer<TimelineView> m_view;
    qint64 m_row;
    mutable std::map<int, QAccessible::Id> m_parts;
};

//! The timeline as a list of messages. Tells assistive technology which came and went.
class TimelineAccessible final : public QAccessibleWidget {
public:
    explicit TimelineAccessible(TimelineView* view)
        : QAccessibleWidget(view, QAccessible::List)
        , m_view(view) {
        TimelineModel* model = view->model();
        m_connections = {
            QObject::connect(model, &TimelineModel::reset, view, [this] { onReset(); }),
            QObject::connect(model, &TimelineModel::inserted, view,
                             [this](int first, int count) { onInserted(first, count); }),
            QObject::connect(model, &TimelineModel::removed, view, [this](int, int) { forgetGone(); }),
            QObject::connect(model, &TimelineModel::changedAt, view, [this](int index) { onChanged(index); }),
        };
    }
    ~TimelineAccessible() override {
        for (const QMetaObject::Connection& connection : m_connections)
            QObject::disconnect(connection);
        for (const auto& [row, id] : m_children)
            QAccessible::deleteAccessibleInterface(id);
    }
    int childCount() const override { return m_view ? m_view->model()->count() : 0; }
    QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount())
            return nullptr;
        const qint64 row = m_view->model()->at(index).row;
        const auto known = m_children.find(row);
        if (known != m_children.end())
            return QAccessible::accessibleInterface(known->second);
        auto* made = new MessageAccessible(m_view, row);
        m_children[row] = QAccessible::registerAccessibleInterface(made);
        return made;
    }
    int indexOfChild(const QAccessibleInterface* child) const override {
        const auto* message = dynamic_cast<const MessageAccessible*>(child);
        return message ? message->index() : -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override {
        if (!m_view)
            return nullptr;
        const int index = m_view->indexAtPoint(m_view->viewport()->mapFromGlobal(QPoint(x, y)));
        return index < 0 ? nullptr : child(index);
    }
    QAccessibleInterface* focusChild() const override {
        QAccessibleInterface* message =
            m_view && m_view->hasFocus() ? child(m_view->focusedIndex()) : nullptr;
        return message && m_view->focusedPart() >= 0 ? message->child(m_view->focusedPart()) : message;
    }

private:
    void onReset() {
        for (const auto& [row, id] : std::exchange(m_children, {})) {
            if (auto* gone = QAccessible::accessibleInterface(id)) {
                QAccessibleEvent event(gone, QAccessible::ObjectDestroyed);
                QAccessible::updateAccessibility(&event);
            }
            QAccessible::deleteAccessibleInterface(id);
        }
        onInserted(0, childCount());
    }
    void onInserted(int first, int count) {
        if (!QAccessible::isActive())
            return;
        for (int i = first; i < first + count && i < childCount(); ++i) {
            QAccessibleEvent event(child(i), QAccessible::ObjectCreated);
            QAccessible::updateAccessibility(&event);
        }
    }
    void forgetGone() {
        for (auto it = m_children.begin(); it != m_children.end();) {
            if (!m_view || m_view->model()->indexOfRow(it->first) >= 0) {
                ++it;
                continue;
            }
            if (auto* gone = QAccessible::accessibleInterface(it->second)) {
                QAccessibleEvent event(gone, QAccessible::ObjectDestroyed);
                QAccessible::updateAccessibility(&event);
            }
            QAccessible::deleteAccessibleInterface(it->second);
            it = m_children.erase(it);
        }
    }
    void onChanged(int index) {
        const auto known = m_children.find(m_view->model()->at(index).row);
        if (known == m_children.end())
            return;
        if (auto* changed = dynamic_cast<MessageAccessible*>(QAccessible::accessibleInterface(known->second)))
            changed->tellChanged();
    }

    QPointer<TimelineView> m_view;
    std::array<QMetaObject::Connection, 4> m_connections;
    mutable std::map<qint64, QAccessible::Id> m_children;
};

QAccessibleInterface* timelineFactory(const QString&, QObject* object) {
    if (auto* view = qobject_cast<TimelineView*>(object))
        return new TimelineAccessible(view);
    return nullptr;
}

} // namespace

void installTimelineAccessibility() {
    QAccessible::installFactory(&timelineFactory);
}

} // namespace valise::ui
