package io.kydai.console.evidence;

import static java.util.Objects.requireNonNull;

import io.kydai.console.client.BoundedBody;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;

/**
 * Asks a time-stamping authority over HTTP (RFC 3161, section 3.4). The authority hears a digest
 * and nothing else. An answer has at most {@value #MAX_BYTES} bytes; redirects are not followed.
 */
final class TimeStampAuthority implements AutoCloseable {
  static final int MAX_BYTES = 64 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int NONCE_BITS = 64;

  private final URI address;
  private final SecureRandom random = new SecureRandom();
  private final ExecutorService thread =
      Executors.newFixedThreadPool(1, NamedThreadFactory.daemon("time-stamp-http"));
  private final HttpClient client;

  TimeStampAuthority(URI address) {
    this.address = requireNonNull(address);
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .executor(thread)
            .build();
  }

  /**
   * Has a digest stamped.
   *
   * @param sha256 32 bytes
   * @return the answer in DER, which is a time-stamp of this digest with its signer's certificate
   * @throws IOException when there is no answer in time, or it is no such stamp
   */
  byte[] stamp(byte[] sha256) throws IOException, InterruptedException {
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    TimeStampRequest request =
        generator.generate(
            NISTObjectIdentifiers.id_sha256, sha256, new BigInteger(NONCE_BITS, random));
    byte[] answer = exchange(request.getEncoded());
    try {
      TimeStampResponse response = TimeStamp.response(answer);
      // The same digest and nonce, a status of granted, and one signer whose certificate is for it.
      response.validate(request);
      if (response.getTimeStampToken() == null) {
        throw new IOException("the authority refuses: " + response.getStatusString());
      }
    } catch (TSPException e) {
      throw new IOException("the answer is no time-stamp of what was asked: " + e.getMessage(), e);
    }
    TimeStamp.read(answer);
    return answer;
  }

  private byte[] exchange(byte[] query) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/timestamp-query")
            .header("Accept", "application/timestamp-reply")
            .POST(HttpRequest.BodyPublishers.ofByteArray(query))
            .build();
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, answer -> new BoundedBody(MAX_BYTES));
    try {
      // The timeout of the request covers the headers of the answer; this one covers the body too.
      HttpResponse<byte[]> answer = exchange.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (answer.statusCode() != 200) {
        throw new IOException("HTTP status " + answer.statusCode());
      }
      return answer.body();
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + PATIENCE.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(cause.toString(), cause);
    } finally {
      exchange.cancel(true);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
