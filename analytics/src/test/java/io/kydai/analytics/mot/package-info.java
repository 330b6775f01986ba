/**
 * Multi-object tracking data and measures for tests: MOT-Challenge files in, CLEAR and identity
 * figures out.
 */
package io.kydai.analytics.mot;
