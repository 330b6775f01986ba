/**
 * Tracker and rules on real footage, against what a person saw on it. In: our own labels (resources
 * of this package) and clips of the shared data. Out: what each rule found beside what is true.
 */
package io.kydai.analytics.events;
