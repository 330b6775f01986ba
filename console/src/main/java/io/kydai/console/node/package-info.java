/**
 * The process, which creates the modules, connects them, and closes them in the reverse order.
 *
 * <p>Enters: a configuration and a data folder. Leaves: a running node. {@link
 * io.kydai.console.node.Node} is the composition root; everything that is opened here is closed
 * here.
 */
@NullMarked
package io.kydai.console.node;

import org.jspecify.annotations.NullMarked;
