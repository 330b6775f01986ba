package io.kydai.console.config;

import static io.kydai.models.document.Key.key;

import io.kydai.models.document.Shape;
import io.kydai.models.document.Value;
import io.kydai.models.document.ValueType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The certificate with which the console's HTTP server speaks TLS. */
public sealed interface ServerTls {
  /** The word for {@link SelfSigned}. */
  String SELF_SIGNED = "self-signed";

  /** A certificate that the node makes and signs itself at the first start. */
  record SelfSigned() implements ServerTls {}

  /**
   * A certificate in PEM files, which are read again when they change.
   *
   * @param certificate the file of the certificate and of those between it and its authority
   * @param key the file of its private key, without a passphrase
   */
  record Files(Path certificate, Path key) implements ServerTls {}

  /** Returns the keys of {@link Files}; relative paths are resolved from a folder. */
  static Shape<Files> keys(Path folder) {
    return Shape.of(
        Files.class,
        key(
                "certificate",
                StorageConfig.path(folder, "a file is expected"),
                "PEM file of the certificate, followed by those between it and its authority;"
                    + " relative to the configuration file")
            .needed("a PEM file of the certificate"),
        key(
                "key",
                StorageConfig.path(folder, "a file is expected"),
                "PEM file of the certificate's private key (RSA or EC), without a passphrase")
            .needed("a PEM file of the private key"));
  }

  /** Returns the type of the word {@value #SELF_SIGNED} or the keys of {@link Files}. */
  static ValueType<ServerTls> type(Path folder) {
    ValueType<Files> files = keys(folder).type();
    ValueType<String> word = ValueType.oneOf(List.of(SELF_SIGNED));
    return ValueType.<ServerTls>of(
            at -> read(at, files, word),
            tls -> tls instanceof Files pair ? files.write(pair) : SELF_SIGNED,
            ValueType.schema("anyOf", List.of(word.schema(), files.schema())))
        .saying("`" + SELF_SIGNED + "` or keys, below");
  }

  private static Optional<ServerTls> read(
      Value at, ValueType<Files> files, ValueType<String> word) {
    return at.word().isPresent()
        ? word.read(at).map(known -> new SelfSigned())
        : files.read(at).map(pair -> pair);
  }
}
