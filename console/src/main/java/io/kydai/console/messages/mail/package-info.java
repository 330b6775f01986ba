/**
 * E-mail: a mail server as a setting, and the sending of single e-mails by SMTP.
 *
 * <p>Enters: the server, its password, and e-mails. Leaves: what the server answered. Owns: the
 * connections to the server.
 */
@NullMarked
package io.kydai.console.messages.mail;

import org.jspecify.annotations.NullMarked;
