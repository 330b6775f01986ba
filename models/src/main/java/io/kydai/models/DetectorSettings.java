package io.kydai.models;

/**
 * Which network to load and how to run it.
 *
 * @param name of the catalogue's entry: {@code light} (448x256), {@code default} (640x352) or
 *     {@code quality} (768x448)
 * @param minScore detections below it are dropped, 0..1; trackers want low ones too
 * @param threads of one inference
 */
public record DetectorSettings(String name, float minScore, int threads) {}
