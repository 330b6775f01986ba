/**
 * How right tracks, counts and alerts are: what {@code scripts/evaluate} runs.
 *
 * <p>Enters: what {@code scripts/analyze} wrote, and what a person saw. Leaves: tables on standard
 * output. Part of the test tools, not of the product.
 */
package io.kydai.analytics.evaluation;
