/**
 * Which reviewer has which report open.
 *
 * <p>Enters: reviewers' claims. Leaves: who has a report, to listeners at each change. It is kept
 * in memory: claims last a minute, and after a restart of the node the reviewers' pages claim
 * again.
 */
@NullMarked
package io.kydai.console.claims;

import org.jspecify.annotations.NullMarked;
