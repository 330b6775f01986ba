package io.kydai.console.users.factor;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A passkey that an account may log in with (WebAuthn Level 3, section 4, "Credential Record").
 *
 * @param id of this record, a ULID
 * @param account the account's id
 * @param name that the account's owner gave it
 * @param credentialId the authenticator's own id in base64url
 * @param credential the attested credential data with the public key (section 6.5.1) in base64url
 * @param signCount the authenticator's counter of signatures when it last signed; 0 where it has
 *     none
 * @param backupEligible whether the authenticator may copy it to other devices
 * @param transports how a browser reaches the authenticator, such as {@code usb}
 * @param lastUsed null for one that was never used
 */
public record Passkey(
    String id,
    String account,
    String name,
    String credentialId,
    String credential,
    long signCount,
    boolean backupEligible,
    List<String> transports,
    Instant created,
    @Nullable Instant lastUsed) {
  public Passkey {
    transports = List.copyOf(transports);
  }
}
