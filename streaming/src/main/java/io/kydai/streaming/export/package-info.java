/**
 * Export: recorded files as whole MP4 files and as an archive, for those who take them out of the
 * system.
 *
 * <p>Enters: segments of an index and the files that they name. Leaves: MP4 files with the cameras'
 * own pictures, not encoded anew, and ZIP archives, which are not compressed. The caller owns the
 * channels that are written, and the thread; nothing is kept but the headers of the fragments of
 * one file.
 */
@NullMarked
package io.kydai.streaming.export;

import org.jspecify.annotations.NullMarked;
