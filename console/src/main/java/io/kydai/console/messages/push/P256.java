package io.kydai.console.messages.push;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/** Keys on the curve P-256 (FIPS 186-5), as Web Push writes them. */
final class P256 {
  /** The length of a public key: uncompressed (SEC 1, section 2.3.3). */
  static final int PUBLIC_BYTES = 65;

  private static final int COORDINATE = 32;
  private static final byte UNCOMPRESSED = 4;
  private static final ECParameterSpec CURVE = curve();

  private P256() {}

  private static ECParameterSpec curve() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  private static IllegalStateException missing(GeneralSecurityException e) {
    return new IllegalStateException("every Java platform has P-256", e);
  }

  static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  /**
   * Reads a public key.
   *
   * @throws IllegalArgumentException when it is none, or not a point of the curve: what was agreed
   *     on with such a one would tell of the private key
   */
  static ECPublicKey publicKey(byte[] bytes) {
    if (bytes.length != PUBLIC_BYTES || bytes[0] != UNCOMPRESSED) {
      throw new IllegalArgumentException("an uncompressed point of P-256 is expected");
    }
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(bytes, 1, 1 + COORDINATE));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(bytes, 1 + COORDINATE, PUBLIC_BYTES));
    BigInteger p = ((ECFieldFp) CURVE.getCurve().getField()).getP();
    BigInteger right =
        x.pow(2).add(CURVE.getCurve().getA()).multiply(x).add(CURVE.getCurve().getB()).mod(p);
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.pow(2).mod(p).equals(right)) {
      throw new IllegalArgumentException("a point of P-256 is expected");
    }
    try {
      return (ECPublicKey)
          KeyFactory.getInstance("EC")
              .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), CURVE));
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  /** Reads a private key of 32 bytes. */
  static ECPrivateKey privateKey(byte[] bytes) {
    try {
      return (ECPrivateKey)
          KeyFactory.getInstance("EC")
              .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, bytes), CURVE));
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  /** Returns a public key's 65 bytes. */
  static byte[] bytes(ECPublicKey key) {
    byte[] bytes = new byte[PUBLIC_BYTES];
    bytes[0] = UNCOMPRESSED;
    put(key.getW().getAffineX(), bytes, 1);
    put(key.getW().getAffineY(), bytes, 1 + COORDINATE);
    return bytes;
  }

  /** Returns a private key's 32 bytes. */
  static byte[] bytes(ECPrivateKey key) {
    byte[] bytes = new byte[COORDINATE];
    put(key.getS(), bytes, 0);
    return bytes;
  }

  private static void put(BigInteger number, byte[] target, int at) {
    byte[] bytes = number.toByteArray();
    int from = Math.max(0, bytes.length - COORDINATE);
    int length = bytes.length - from;
    System.arraycopy(bytes, from, target, at + COORDINATE - length, length);
  }
}
