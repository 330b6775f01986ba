package io.kydai.console.messages.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.settings.InvalidSettingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;

/**
 * Where a browser takes messages, as its {@code PushSubscription} says it. Who knows it and the
 * node's key can send to the browser, so that it is stored encrypted.
 *
 * @param endpoint the address at the browser's push service, at most {@value #MAX_ENDPOINT}
 *     characters
 * @param p256dh the browser's public key, 65 bytes in base 64 for URLs
 * @param auth the browser's authentication secret, 16 bytes in base 64 for URLs
 */
public record PushSubscription(String endpoint, String p256dh, String auth) {
  private static final int MAX_ENDPOINT = 1_000;
  private static final int SECRET_BYTES = 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  public PushSubscription {
    if (endpoint.length() > MAX_ENDPOINT || !isHttps(endpoint)) {
      throw new InvalidSettingException("endpoint", "an https address of a push service");
    }
    try {
      P256.publicKey(Base64.getUrlDecoder().decode(p256dh));
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException("p256dh", "a public key on P-256");
    }
    if (bytes(auth).length != SECRET_BYTES) {
      throw new InvalidSettingException("auth", SECRET_BYTES + " bytes in base 64 for URLs");
    }
  }

  private static byte[] bytes(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static boolean isHttps(String text) {
    try {
      URI uri = new URI(text);
      return "https".equalsIgnoreCase(uri.getScheme())
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Returns the address. */
  URI address() {
    return URI.create(endpoint);
  }

  byte[] key() {
    return bytes(p256dh);
  }

  byte[] secret() {
    return bytes(auth);
  }

  /** Returns it as JSON, to be stored encrypted. */
  public String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("three texts can be written", e);
    }
  }

  /** Reads what {@link #json} returned. */
  public static PushSubscription of(String json) {
    try {
      return JSON.readValue(json, PushSubscription.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored subscription cannot be read", e);
    }
  }

  /** Shows no part of it. */
  @Override
  public String toString() {
    return "PushSubscription";
  }
}
