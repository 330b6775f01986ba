/**
 * Pictures with what is private hidden: masks that are filled, and persons, faces and vehicles'
 * plates that are blurred beyond recognition.
 *
 * <p>Enters: decoded pictures, what is to be hidden ({@link io.kydai.streaming.privacy.Privacy})
 * and where objects are. Leaves: pictures, files and live streams in which it is hidden. A picture
 * of which it is not known where objects are is blurred as a whole. Each class says who owns its
 * native memory.
 *
 * <p>The same encoder serves browsers that cannot play a camera's codec: a stream on which nothing
 * is hidden.
 */
@NullMarked
package io.kydai.streaming.privacy;

import org.jspecify.annotations.NullMarked;
