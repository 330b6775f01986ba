package io.kydai.models.faces;

import io.kydai.models.detection.Box;

/**
 * A face in a picture.
 *
 * @param box the face from the forehead to the chin, in coordinates of the picture
 * @param score the network's probability, 0..1
 */
public record Face(Box box, float score) {}
