/**
 * Second factors of a log-in, and the passwords that nobody may have.
 *
 * <p>Enters: codes, passkeys' answers and passwords as they were typed. Leaves: whether they count.
 * Owns: the tables of second factors, and the challenges that wait for a passkey. Nothing here
 * knows accounts but by their ids.
 */
@NullMarked
package io.kydai.console.users.factor;

import org.jspecify.annotations.NullMarked;
