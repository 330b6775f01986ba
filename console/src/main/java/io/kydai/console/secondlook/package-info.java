/**
 * Which reports need the agreement of a second person before they are verified.
 *
 * <p>Enters: the types of rules whose reports can lead to a fine, as the site sets them. Leaves:
 * the answer, in the transaction of a step of the report queue.
 */
@NullMarked
package io.kydai.console.secondlook;

import org.jspecify.annotations.NullMarked;
