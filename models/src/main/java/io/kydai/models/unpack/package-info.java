/**
 * The unpacking of jar resources that can only be used as files: native libraries and networks.
 *
 * <p>Enters: resources on the class path. Leaves: files under one folder, unpacked once for each
 * version ({@link io.kydai.models.unpack.UnpackedFiles}), so that repeated crashes do not fill the
 * disk.
 */
@NullMarked
package io.kydai.models.unpack;

import org.jspecify.annotations.NullMarked;
