/**
 * What the pipeline costs, beside the bare libraries under it: {@code scripts/bench}.
 *
 * <p>Enters: a recording. Leaves: a table on standard output. It lives among the tests because it
 * talks to FFmpeg and ONNX Runtime behind the back of the rooms that own them.
 */
package io.kydai.streaming.bench;
