/**
 * Cases: what was recorded of some cameras in a span, exported together as one archive with a
 * signed manifest, and the links by which somebody without an account downloads it.
 *
 * <p>Enters: what people ask for, and the recordings. Leaves: archives, each described by {@code
 * docs/cases.md}, and an entry in the audit for everything that is done with one.
 *
 * <p>Owns: the three tables of cases, the folder of their archives, and one thread that makes them.
 */
@NullMarked
package io.kydai.console.cases;

import org.jspecify.annotations.NullMarked;
