/**
 * The JSON form of observations, which live streams and files of evidence share.
 *
 * <p>Enters: observations. Leaves: records of JSON and texts as {@code docs/live.md} describes
 * them. Owns nothing beyond a call.
 */
@NullMarked
package io.kydai.streaming.json;

import org.jspecify.annotations.NullMarked;
