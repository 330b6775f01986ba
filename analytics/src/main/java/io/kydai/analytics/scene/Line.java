package io.kydai.analytics.scene;

import io.kydai.analytics.Point;

/**
 * A directed line across the picture. To cross it from its left-hand side (looking from {@code
 * from} to {@code to}) to its right-hand side is {@code forward}.
 */
public record Line(String id, Point from, Point to) {}
