package io.kydai.ingest.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.ShownAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Removes the secrets of one camera from messages: its password, in the forms in which it is sent,
 * and its address's query and the parts that {@link ShownAddress} masks, which hold the password of
 * some cameras. It is needed because messages about failures may quote the camera, and a camera may
 * repeat what was sent to it.
 *
 * <p>A part of a secret is not recognised; bytes that are no message are therefore not quoted.
 */
public final class SecretRedactor {
  private static final String HIDDEN = "[hidden]";

  private final List<Pattern> secrets;

  private SecretRedactor(List<Pattern> secrets) {
    this.secrets = secrets;
  }

  /** Returns the redactor for one camera's credentials and address. */
  public static SecretRedactor of(CameraSource source) {
    Stream<String> login =
        source.credentials().stream()
            .flatMap(
                credentials ->
                    Stream.of(
                        base64(credentials.user() + ":" + credentials.password()),
                        credentials.password(),
                        URLEncoder.encode(credentials.password(), UTF_8)));
    Stream<String> query =
        Optional.of(source.address()).map(URI::getRawQuery).stream().flatMap(Stream::of);
    return new SecretRedactor(
        Stream.of(login, query, ShownAddress.hidden(source.address()))
            .flatMap(all -> all)
            .filter(secret -> !secret.isBlank())
            .distinct()
            .map(SecretRedactor::word)
            .toList());
  }

  /**
   * Returns a pattern that matches the secret as a whole word only. Replacing parts of words would
   * make messages unreadable and would reveal a password such as "pass".
   */
  private static Pattern word(String secret) {
    return Pattern.compile("(?<!\\w)" + Pattern.quote(secret) + "(?!\\w)");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  /** Returns the message with each secret replaced by {@code [hidden]}. */
  public String hide(String sentence) {
    String hidden = sentence;
    for (Pattern secret : secrets) {
      hidden = secret.matcher(hidden).replaceAll(HIDDEN);
    }
    return hidden;
  }
}
