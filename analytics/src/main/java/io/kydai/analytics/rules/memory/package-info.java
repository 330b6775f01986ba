/**
 * The memory that rules have of objects from frame to frame: which object is which over changes of
 * a track's id, how fast an object goes over the ground, who crossed a line, how long a condition
 * has lasted. What each class remembers is bounded, and its Javadoc says what happens beyond.
 */
@NullMarked
package io.kydai.analytics.rules.memory;

import org.jspecify.annotations.NullMarked;
