/** Rules that ask who is in a zone, how many and for how long. */
package io.kydai.analytics.rules.presence;
