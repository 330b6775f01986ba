/**
 * What the pipeline costs, beside the bare libraries under it.
 *
 * <p>Enters: a video file. Leaves: a table on standard output. Not part of a running node.
 */
package io.kydai.analytics.bench;
