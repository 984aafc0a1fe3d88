// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/shown_text.h"
#include "ui/conversation/timeline_view.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

#include <map>

namespace valise::ui {
namespace {

constexpr qsizetype kMostSpoken = 4000;

//! One message, for screen readers.
class MessageAccessible final : public QAccessibleInterface {
public:
    MessageAccessible(TimelineView* view, int index)
        : m_view(view)
        , m_index(index) {}
    bool isValid() const override { return m_view && m_index < m_view->model()->count(); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(m_view.data());
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text which) const override {
        if (!isValid())
            return {};
        if (which == QAccessible::Name)
            return m_view->describe(m_index);
        if (which == QAccessible::Value)
            return client::shownText(m_view->model()->at(m_index).text, kMostSpoken);
        return {};
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override {
        if (!isValid())
            return {};
        const QRect r = m_view->rowRect(m_index);
        return r.isNull() ? QRect() : QRect(m_view->viewport()->mapToGlobal(r.topLeft()), r.size());
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override {
        QAccessible::State s;
        s.focusable = true;
        s.readOnly = true;
        s.focused = m_view && m_view->hasFocus() && m_view->focusedIndex() == m_index;
        s.offscreen = rect().isNull();
        return s;
    }
    int index() const { return m_index; }

private:
    QPointer<TimelineView> m_view;
    int m_index;
};

//! The timeline as a list of messages.
class TimelineAccessible final : public QAccessibleWidget {
public:
    explicit TimelineAccessible(TimelineView* view)
        : QAccessibleWidget(view, QAccessible::List)
        , m_view(view) {}
    ~TimelineAccessible() override {
        for (const auto& [index, id] : m_children)
            QAccessible::deleteAccessibleInterface(id);
    }
    int childCount() const override { return m_view ? m_view->model()->count() : 0; }
    QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount())
            return nullptr;
        const auto known = m_children.find(index);
        if (known != m_children.end())
            return QAccessible::accessibleInterface(known->second);
        auto* made = new MessageAccessible(m_view, index);
        m_children[index] = QAccessible::registerAccessibleInterface(made);
        return made;
    }
    int indexOfChild(const QAccessibleInterface* child) const override {
        const auto* message = dynamic_cast<const MessageAccessible*>(child);
        return message ? message->index() : -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override {
        for (int i = 0; i < childCount(); ++i) {
            if (auto* c = child(i); c->rect().contains(x, y))
                return c;
        }
        return nullptr;
    }
    QAccessibleInterface* focusChild() const override {
        return m_view && m_view->hasFocus() ? child(m_view->focusedIndex()) : nullptr;
    }

private:
    QPointer<TimelineView> m_view;
    mutable std::map<int, QAccessible::Id> m_children;
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
