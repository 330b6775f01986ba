package io.kydai.console.messages.push;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A browser's keys, and its side of RFC 8291, written from the RFC and not from the product. */
public final class TestBrowser {
  private final ECPrivateKey key;
  private final byte[] open;
  private final byte[] secret;

  TestBrowser(ECPrivateKey key, byte[] open, byte[] secret) {
    this.key = key;
    this.open = open;
    this.secret = secret;
  }

  public static TestBrowser random() {
    KeyPair pair = P256.generate();
    byte[] secret = new byte[16];
    new SecureRandom().nextBytes(secret);
    return new TestBrowser(
        (ECPrivateKey) pair.getPrivate(), P256.bytes((ECPublicKey) pair.getPublic()), secret);
  }

  public PushSubscription subscription(String endpoint) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return new PushSubscription(
        endpoint, encoder.encodeToString(open), encoder.encodeToString(secret));
  }

  private static byte[] hmac(byte[] key, byte[]... parts) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  /** Returns the text of a request's body. */
  public String decrypt(byte[] body) throws Exception {
    ByteBuffer in = ByteBuffer.wrap(body);
    byte[] salt = new byte[16];
    in.get(salt);
    int record = in.getInt();
    byte[] sender = new byte[in.get()];
    in.get(sender);
    byte[] sealed = new byte[in.remaining()];
    in.get(sealed);
    if (sealed.length > record) {
      throw new IllegalArgumentException("one record is expected");
    }
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(key);
    agreement.doPhase(P256.publicKey(sender), true);
    byte[] one = {1};
    byte[] input =
        hmac(
            hmac(secret, agreement.generateSecret()),
            "WebPush: info\0".getBytes(US_ASCII),
            open,
            sender,
            one);
    byte[] random = hmac(salt, input);
    byte[] content = hmac(random, "Content-Encoding: aes128gcm\0".getBytes(US_ASCII), one);
    byte[] nonce = hmac(random, "Content-Encoding: nonce\0".getBytes(US_ASCII), one);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(Arrays.copyOf(content, 16), "AES"),
        new GCMParameterSpec(128, Arrays.copyOf(nonce, 12)));
    byte[] padded = cipher.doFinal(sealed);
    int end = padded.length - 1;
    while (padded[end] == 0) {
      end--;
    }
    if (padded[end] != 2) {
      throw new IllegalArgumentException("the delimiter of the last record is expected");
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.write(padded, 0, end);
    return text.toString(UTF_8);
  }
}
