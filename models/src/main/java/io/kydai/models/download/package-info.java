/**
 * The download of detection networks that the product does not carry: {@code scripts/get-model}.
 *
 * <p>Enters: the name of an offered network, and its file from its official address or from the
 * disk. Leaves: an ONNX file whose SHA-256 is the pinned one, and beside it the description that
 * the configuration names. A file with another SHA-256, or a larger one than expected, is deleted.
 *
 * <p>The package depends on no other package of the product, and owns nothing after a command has
 * ended.
 */
@NullMarked
package io.kydai.models.download;

import org.jspecify.annotations.NullMarked;
