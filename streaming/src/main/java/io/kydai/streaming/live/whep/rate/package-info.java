/**
 * What the way to one browser carries, by what it says of each packet's arrival
 * (draft-ietf-rmcat-gcc-02).
 *
 * <p>Enters: the sizes and times of packets that were sent; which of them arrived, and when, as the
 * receiver has it, untrusted. Leaves: an estimate of the rate, and the share that was lost. Owns
 * nothing; a session has its own, on its thread.
 */
@NullMarked
package io.kydai.streaming.live.whep.rate;

import org.jspecify.annotations.NullMarked;
