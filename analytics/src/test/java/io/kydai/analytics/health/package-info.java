/**
 * Cameras that are tampered with: real clips, whole and transformed, before the rule. Enters: clips
 * of shared data. Leaves: the table of docs/reports/accuracy.md.
 */
package io.kydai.analytics.health;
