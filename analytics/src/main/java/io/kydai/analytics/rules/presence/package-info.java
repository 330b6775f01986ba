/** Rules that ask who is in a zone, how many and for how long. */
@NullMarked
package io.kydai.analytics.rules.presence;

import org.jspecify.annotations.NullMarked;
