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
 * What must not be told of one camera: its password, in the forms that it travels in, and its
 * address's query and what {@link ShownAddress} masks, in which some cameras take it. Sentences
 * about failures may quote a camera, and a camera may repeat what it was sent.
 *
 * <p>A quotation of raw bytes that begins or ends within a secret is not recognised; ingest quotes
 * 16 of them at most.
 */
public final class SecretRedactor {
  private static final String HIDDEN = "[hidden]";

  private final List<Pattern> secrets;

  private SecretRedactor(List<Pattern> secrets) {
    this.secrets = secrets;
  }

  public static SecretRedactor of(CameraSource source) {
    Stream<String> login =
        source.credentials().stream()
            .flatMap(
                own ->
                    Stream.of(
                        base64(own.user() + ":" + own.password()),
                        own.password(),
                        URLEncoder.encode(own.password(), UTF_8)));
    Stream<String> query =
        Optional.of(source.address()).map(URI::getRawQuery).stream()
            .flatMap(whole -> Stream.of(whole));
    return new SecretRedactor(
        Stream.of(login, query, ShownAddress.hidden(source.address()))
            .flatMap(all -> all)
            .filter(secret -> !secret.isBlank())
            .distinct()
            .map(SecretRedactor::word)
            .toList());
  }

  /** Not a part of a word: that would spoil sentences, and tell a password such as "pass". */
  private static Pattern word(String secret) {
    return Pattern.compile("(?<!\\w)" + Pattern.quote(secret) + "(?!\\w)");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  /** The sentence without them. */
  public String hide(String sentence) {
    String hidden = sentence;
    for (Pattern secret : secrets) {
      hidden = secret.matcher(hidden).replaceAll(HIDDEN);
    }
    return hidden;
  }
}
