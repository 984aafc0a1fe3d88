// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/theme/palette.h"

#include <QByteArray>

#include <algorithm>
#include <array>
#include <cmath>

namespace valise::ui {

Palette Palette::light() {
    Palette p;
    p.dark = false;
    p.bg = QColor(0xF4F2ED);
    p.pane = QColor(0xFBFAF7);
    p.line = QColor(0xE3DFD6);
    p.ink = QColor(0x1B2430);
    p.dim = QColor(0x656C7A);
    p.acc = QColor(0x24487A);
    p.acc2 = QColor(0xE4ECF7);
    p.accInk = QColor(Qt::white);
    p.own = QColor(0xDCE8F8);
    p.their = QColor(Qt::white);
    p.sel = QColor(0xE7ECF3);
    p.hover = QColor(0xF1EFE9);
    p.warn = QColor(0x8A5A00);
    p.warnBg = QColor(0xFFF3D6);
    p.ok = QColor(0x1F7A4D);
    p.rest = QColor(0x9C2B2B);
    return p;
}

Palette Palette::darkOne() {
    Palette p;
    p.dark = true;
    p.bg = QColor(0x12161C);
    p.pane = QColor(0x191F27);
    p.line = QColor(0x2A323D);
    p.ink = QColor(0xE7EBF0);
    p.dim = QColor(0x93A0AF);
    p.acc = QColor(0x7FB0F0);
    p.acc2 = QColor(0x22314A);
    p.accInk = QColor(0x10161D);
    p.own = QColor(0x24405F);
    p.their = QColor(0x222A34);
    p.sel = QColor(0x26303C);
    p.hover = QColor(0x202832);
    p.warn = QColor(0xF2C66D);
    p.warnBg = QColor(0x3A2F14);
    p.ok = QColor(0x62C796);
    p.rest = QColor(0xE58A8A);
    return p;
}

Palette Palette::lightContrast() {
    Palette p;
    p.highContrast = true;
    p.bg = QColor(Qt::white);
    p.pane = QColor(Qt::white);
    p.line = QColor(0x4A4A4A);
    p.ink = QColor(Qt::black);
    p.dim = QColor(0x2E3338);
    p.acc = QColor(0x00317A);
    p.acc2 = QColor(0xDCE8FF);
    p.accInk = QColor(Qt::white);
    p.own = QColor(0xDCE8FF);
    p.their = QColor(Qt::white);
    p.sel = QColor(0xDCE8FF);
    p.hover = QColor(0xEDEDED);
    p.warn = QColor(0x4F3300);
    p.warnBg = QColor(0xFFF0C2);
    p.ok = QColor(0x00451F);
    p.rest = QColor(0x7A0000);
    return p;
}

Palette Palette::darkContrast() {
    Palette p;
    p.dark = true;
    p.highContrast = true;
    p.bg = QColor(Qt::black);
    p.pane = QColor(Qt::black);
    p.line = QColor(0xB8BEC6);
    p.ink = QColor(Qt::white);
    p.dim = QColor(0xDCE1E8);
    p.acc = QColor(0x9CC8FF);
    p.acc2 = QColor(0x10294D);
    p.accInk = QColor(Qt::black);
    p.own = QColor(0x10294D);
    p.their = QColor(0x121212);
    p.sel = QColor(0x10294D);
    p.hover = QColor(0x242424);
    p.warn = QColor(0xFFD98A);
    p.warnBg = QColor(0x2E2300);
    p.ok = QColor(0x83F0B4);
    p.rest = QColor(0xFFB3B3);
    return p;
}

Palette Palette::of(bool dark, bool highContrast) {
    if (highContrast)
        return dark ? darkContrast() : lightContrast();
    return dark ? darkOne() : light();
}

double contrastRatio(const QColor& a, const QColor& b) {
    const auto luminance = [](const QColor& colour) {
        const auto linear = [](double v) {
            return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
               0.0722 * linear(colour.blueF());
    };
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

QColor identityColour(const QByteArray& key) {
    static constexpr std::array<QRgb, 10> kColours = {0x24487A, 0x2F7D6B, 0x7A4A24, 0x6A4C93, 0x425466,
                                                      0x9C5B2B, 0x2B6C9C, 0x8A3B5C, 0x4F6B2F, 0x5B4FA8};
    // FNV-1a: stable across runs and builds, unlike qHash.
    quint32 hash = 2166136261u;
    for (const char c : key)
        hash = (hash ^ static_cast<quint8>(c)) * 16777619u;
    return QColor(kColours[hash % kColours.size()]);
}

QColor identityTextColour(const QByteArray& key, const Palette& palette) {
    const QColor colour = identityColour(key);
    if (!palette.dark && !palette.highContrast)
        return colour;
    float h = 0;
    float s = 0;
    float l = 0;
    colour.getHslF(&h, &s, &l);
    if (!palette.dark)
        return QColor::fromHslF(h, s, std::min(l, 0.22F));
    return QColor::fromHslF(h, std::min(1.0F, s * 1.05F), palette.highContrast ? 0.82F : 0.72F);
}

} // namespace valise::ui
