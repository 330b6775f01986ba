/**
 * What every request of the node to another system needs.
 *
 * <p>Enters: answers of other systems, which are not trusted. Leaves: their bodies within a bound.
 * Owns: nothing.
 */
@NullMarked
package io.kydai.console.client;

import org.jspecify.annotations.NullMarked;
