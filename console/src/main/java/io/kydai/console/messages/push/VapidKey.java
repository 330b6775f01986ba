package io.kydai.console.messages.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * The key by which a node says to push services that it is the one for which a browser subscribed
 * (VAPID, RFC 8292). Where it is lost, every browser has to subscribe anew.
 */
public final class VapidKey {
  /** A day is the most that RFC 8292, section 2, allows. */
  private static final Duration LIFE = Duration.ofHours(12);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final ECPrivateKey key;
  private final byte[] shown;

  private VapidKey(ECPrivateKey key, byte[] shown) {
    this.key = requireNonNull(key);
    this.shown = shown;
  }

  /** Returns a new key. */
  public static VapidKey generate() {
    KeyPair pair = P256.generate();
    return new VapidKey(
        (ECPrivateKey) pair.getPrivate(), P256.bytes((ECPublicKey) pair.getPublic()));
  }

  /**
   * Reads what {@link #secret} returned.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static VapidKey of(String secret) {
    int dot = secret.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("a private and a public key are expected");
    }
    byte[] open = Base64.getUrlDecoder().decode(secret.substring(dot + 1));
    P256.publicKey(open);
    return new VapidKey(
        P256.privateKey(Base64.getUrlDecoder().decode(secret.substring(0, dot))), open);
  }

  /** Returns both keys, for {@link #of}; to be kept secret. */
  public String secret() {
    return ENCODER.encodeToString(P256.bytes(key)) + "." + publicKey();
  }

  /** Returns the public key in base 64 for URLs, which a browser subscribes with. */
  public String publicKey() {
    return ENCODER.encodeToString(shown);
  }

  /**
   * Returns the header {@code Authorization} of a request.
   *
   * @param endpoint the address that the request goes to
   * @param contact where the push service may ask who this is: a {@code mailto} or {@code https}
   *     address
   */
  String authorization(URI endpoint, String contact, Instant now) {
    Map<String, Object> claims = new TreeMap<>();
    claims.put("aud", endpoint.getScheme() + "://" + endpoint.getRawAuthority());
    claims.put("exp", now.plus(LIFE).getEpochSecond());
    claims.put("sub", contact);
    String signed = part(new TreeMap<>(Map.of("typ", "JWT", "alg", "ES256"))) + "." + part(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(key);
      signature.update(signed.getBytes(UTF_8));
      String token = signed + "." + ENCODER.encodeToString(signature.sign());
      return "vapid t=" + token + ", k=" + publicKey();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform signs on P-256", e);
    }
  }

  private static String part(Map<String, Object> values) {
    try {
      return ENCODER.encodeToString(JSON.writeValueAsBytes(values));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can be written", e);
    }
  }
}
