// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/theme/caret.h"

#include <QEvent>
#include <QGuiApplication>
#include <QStyleHints>

namespace valise::ui {
namespace {

constexpr int kRestAfterMs = 10'000;

void setFlash(int ms) {
    if (QGuiApplication::styleHints()->cursorFlashTime() != ms)
        QGuiApplication::styleHints()->setCursorFlashTime(ms);
}

} // namespace

CaretRest::CaretRest(QObject* parent)
    : QObject(parent)
    , m_flashMs(QGuiApplication::styleHints()->cursorFlashTime()) {
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestAfterMs);
    connect(&m_rest, &QTimer::timeout, this, [] { setFlash(0); });
    QCoreApplication::instance()->installEventFilter(this);
    wake();
}

void CaretRest::setBlinking(bool on) {
    m_blinks = on;
    wake();
}

void CaretRest::wake() {
    setFlash(m_blinks ? m_flashMs : 0);
    if (m_blinks)
        m_rest.start();
    else
        m_rest.stop();
}

bool CaretRest::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::InputMethod:
    case QEvent::MouseButtonPress:
    case QEvent::WindowActivate:
        wake();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace valise::ui
