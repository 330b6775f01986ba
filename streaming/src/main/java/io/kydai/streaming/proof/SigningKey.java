package io.kydai.streaming.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.kydai.streaming.evidence.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Ed25519 key (RFC 8032) by which a node signs the manifests of its evidence. It is made at the
 * first start and lies in the data folder as PEM, readable by the node's user only: the private key
 * and after it the public one. The public key lies in the folder of the evidence besides, for those
 * who check. For any thread.
 */
public final class SigningKey {
  /** The name of the public key's file in the folder of the evidence. */
  public static final String PUBLIC_KEY = "public-key.pem";

  private static final Logger LOG = LoggerFactory.getLogger(SigningKey.class);

  private final PrivateKey key;
  private final PublicKey publicKey;

  private SigningKey(PrivateKey key, PublicKey publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /**
   * Opens the key, or makes one where there is none. The public key of an earlier one stays in the
   * folder of the evidence, under a name with its fingerprint, so that what it signed can be
   * checked.
   *
   * @param file of the private key
   * @param evidence the folder of the evidence, which exists
   * @throws IOException when it cannot be read or written, or is no such key
   */
  public static SigningKey open(Path file, Path evidence) throws IOException {
    try {
      SigningKey key;
      if (Files.exists(file, NOFOLLOW_LINKS)) {
        PrivateFiles.takeFromOthers(file);
        String pem = Files.readString(file, US_ASCII);
        key = new SigningKey(PemKeys.privateKey(pem), PemKeys.publicKey(pem));
        if (!key.belongsTogether()) {
          throw new IOException(file + ": its public key is not that of its private key");
        }
      } else {
        KeyPair made = KeyPairGenerator.getInstance(PemKeys.ALGORITHM).generateKeyPair();
        key = new SigningKey(made.getPrivate(), made.getPublic());
        replace(
            file, PemKeys.write(PemKeys.PRIVATE, made.getPrivate().getEncoded()) + key.publicPem());
        LOG.info("evidence: made the key {} that signs manifests", key.fingerprint());
      }
      key.publish(evidence.resolve(PUBLIC_KEY));
      return key;
    } catch (GeneralSecurityException e) {
      throw new IOException(file + ": not a key for evidence: " + e.getMessage(), e);
    }
  }

  private boolean belongsTogether() {
    byte[] probe = "kydai".getBytes(US_ASCII);
    return Signatures.verifies(publicKey, probe, sign(probe));
  }

  private void publish(Path file) throws IOException {
    if (Files.exists(file, NOFOLLOW_LINKS)) {
      String there = Files.readString(file, US_ASCII);
      if (there.equals(publicPem())) {
        return;
      }
      String name = "public-key-" + Sha256.hex(there.getBytes(US_ASCII)).substring(0, 16) + ".pem";
      LOG.warn("evidence: another key signs from now on; the one before is kept as {}", name);
      Files.move(file, file.resolveSibling(name), ATOMIC_MOVE);
    }
    replace(file, publicPem());
  }

  /** Writes a private file whole or not at all. */
  private static void replace(Path file, String text) throws IOException {
    PrivateFiles.write(
        file, file.resolveSibling("." + file.getFileName() + ".partial"), text.getBytes(US_ASCII));
  }

  /** Returns the public key as PEM. */
  public String publicPem() {
    return PemKeys.write(PemKeys.PUBLIC, publicKey.getEncoded());
  }

  /** Returns the SHA-256 of the public key's SubjectPublicKeyInfo. */
  public String fingerprint() {
    return PemKeys.fingerprint(publicKey);
  }

  /** Returns the 64 bytes of the signature of bytes. */
  public byte[] sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance(PemKeys.ALGORITHM);
      signature.initSign(key);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform from 15 on signs with Ed25519", e);
    }
  }
}
