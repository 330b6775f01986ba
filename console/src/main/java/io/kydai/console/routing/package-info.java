/**
 * Which agency a report goes to.
 *
 * <p>Enters: the routing table as a site sets it, and reports that were verified. Leaves: an
 * agency, and why.
 */
@NullMarked
package io.kydai.console.routing;

import org.jspecify.annotations.NullMarked;
