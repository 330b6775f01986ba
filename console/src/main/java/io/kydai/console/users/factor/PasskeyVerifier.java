package io.kydai.console.users.factor;

import static java.util.Objects.requireNonNull;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.BadChallengeException;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.NotAllowedCredentialIdException;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Checks what a browser answers for a passkey: registration and assertion of WebAuthn Level 3,
 * sections 7.1 and 7.2. Which maker an authenticator is of is not asked for (attestation {@code
 * none}). A person's presence is required; whether the authenticator also asked for a fingerprint
 * or a PIN is left to it, because the password was the first factor.
 */
final class PasskeyVerifier {
  /** ES256, EdDSA and RS256, which between them every authenticator has. */
  static final List<COSEAlgorithmIdentifier> ALGORITHMS =
      List.of(
          COSEAlgorithmIdentifier.ES256,
          COSEAlgorithmIdentifier.EdDSA,
          COSEAlgorithmIdentifier.RS256);

  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder BYTES = Base64.getUrlDecoder();

  /** What a registration says of a new passkey; the texts as in {@link Passkey}. */
  record Registered(
      String credentialId,
      String credential,
      long signCount,
      boolean backupEligible,
      List<String> transports) {}

  private final ObjectConverter converter = new ObjectConverter();
  private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
  private final AttestedCredentialDataConverter credentials =
      new AttestedCredentialDataConverter(converter);

  /**
   * Checks a registration.
   *
   * @param challenge that was sent for it, in base64url
   * @param answer the browser's {@code RegistrationResponseJSON}
   * @throws RefusedPasskeyException when it does not count
   */
  Registered registration(RelyingParty site, String challenge, String answer) {
    List<PublicKeyCredentialParameters> keys =
        ALGORITHMS.stream()
            .map(it -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, it))
            .toList();
    try {
      RegistrationData data =
          manager.verifyRegistrationResponseJSON(
              answer, new RegistrationParameters(property(site, challenge), keys, false, true));
      AuthenticatorData<?> authenticator =
          requireNonNull(data.getAttestationObject()).getAuthenticatorData();
      AttestedCredentialData credential = requireNonNull(authenticator.getAttestedCredentialData());
      Set<AuthenticatorTransport> transports = data.getTransports();
      return new Registered(
          TEXT.encodeToString(credential.getCredentialId()),
          TEXT.encodeToString(credentials.convert(credential)),
          authenticator.getSignCount(),
          authenticator.isFlagBE(),
          transports == null
              ? List.of()
              : transports.stream().map(AuthenticatorTransport::getValue).sorted().toList());
    } catch (RuntimeException e) {
      throw refused(e);
    }
  }

  /** Returns the id of the credential that an assertion is of, unverified, in base64url. */
  String credentialId(String answer) {
    try {
      AuthenticationData data = manager.parseAuthenticationResponseJSON(answer);
      return TEXT.encodeToString(requireNonNull(data.getCredentialId()));
    } catch (RuntimeException e) {
      throw refused(e);
    }
  }

  /**
   * Checks an assertion of a known passkey.
   *
   * @param answer the browser's {@code AuthenticationResponseJSON}
   * @return the authenticator's new count of signatures
   * @throws RefusedPasskeyException when it does not count, or the counter went back, as that of a
   *     copied authenticator does
   */
  long assertion(RelyingParty site, String challenge, Passkey passkey, String answer) {
    try {
      CredentialRecordImpl record =
          new CredentialRecordImpl(
              new NoneAttestationStatement(),
              null,
              passkey.backupEligible(),
              null,
              passkey.signCount(),
              credentials.convert(BYTES.decode(passkey.credential())),
              null,
              null,
              null,
              null);
      AuthenticationData data =
          manager.verifyAuthenticationResponseJSON(
              answer,
              new AuthenticationParameters(
                  property(site, challenge),
                  record,
                  List.of(BYTES.decode(passkey.credentialId())),
                  false,
                  true));
      return requireNonNull(data.getAuthenticatorData()).getSignCount();
    } catch (RuntimeException e) {
      throw refused(e);
    }
  }

  private static ServerProperty property(RelyingParty site, String challenge) {
    return ServerProperty.builder()
        .origin(Origin.create(site.origin()))
        .rpId(site.id())
        .challenge(new DefaultChallenge(BYTES.decode(challenge)))
        .build();
  }

  private static RefusedPasskeyException refused(RuntimeException cause) {
    String reason = "The passkey's answer cannot be read or verified.";
    if (cause instanceof BadOriginException || cause instanceof BadRpIdException) {
      reason = "The passkey was used on a page of another address.";
    } else if (cause instanceof BadChallengeException) {
      reason = "The passkey's answer is to another question.";
    } else if (cause instanceof MaliciousCounterValueException) {
      reason = "The passkey's counter went back, as that of a copied authenticator does.";
    } else if (cause instanceof NotAllowedCredentialIdException) {
      reason = "This passkey is not of this account.";
    }
    return new RefusedPasskeyException(reason, cause);
  }
}
