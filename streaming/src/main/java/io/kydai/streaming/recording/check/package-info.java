/**
 * Files and index held against each other: at a start, and when somebody asks.
 *
 * <p>Enters: a folder of recordings and its index. Leaves: what differs, and an index that equals
 * the files, which are the truth. Owns nothing.
 */
@NullMarked
package io.kydai.streaming.recording.check;

import org.jspecify.annotations.NullMarked;
