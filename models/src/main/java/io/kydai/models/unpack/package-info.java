/**
 * Files that lie in jars and must lie on disk to be used: native libraries and networks.
 *
 * <p>Enters: resources of the class path. Leaves: files under one folder, unpacked once for each
 * version ({@link io.kydai.models.unpack.UnpackedFiles}), so that a process that is killed leaves
 * nothing behind that the next one would not use.
 */
@NullMarked
package io.kydai.models.unpack;

import org.jspecify.annotations.NullMarked;
