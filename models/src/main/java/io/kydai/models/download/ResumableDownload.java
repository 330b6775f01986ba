package io.kydai.models.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A download over HTTP that continues where an earlier one ended (range requests, RFC 9110 section
 * 14).
 *
 * <table>
 *   <caption>Bounds</caption>
 *   <tr><td>bytes of the file</td><td>as the caller says; a larger file is deleted</td></tr>
 *   <tr><td>redirects</td><td>5; never from https to http</td></tr>
 *   <tr><td>connections</td><td>10, each of which must bring at least one byte</td></tr>
 *   <tr><td>wait for a connection or an answer's headers</td><td>30 s each</td></tr>
 *   <tr><td>wait for further bytes</td><td>as the caller says; then the connection is lost</td></tr>
 * </table>
 *
 * <p>What was received stays in the file when the download fails otherwise. Whether the parts fit
 * together is for the caller to check by the whole file's hash.
 */
final class ResumableDownload {
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_CONNECTIONS = 10;
  private static final Duration HEADERS_WITHIN = Duration.ofSeconds(30);
  private static final int BUFFER = 64 * 1024;
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-.*");
  private static final Pattern WHOLE_LENGTH = Pattern.compile("bytes \\*/(\\d{1,18})");

  private final HttpClient client;
  private final LongConsumer progress;
  private final Duration silence;

  /** The number of bytes that the present connection has brought. */
  private long received;

  /**
   * Creates the download.
   *
   * @param client a client that follows no redirects itself
   * @param progress takes the number of bytes in the file after each part
   * @param silence the longest wait for further bytes
   */
  ResumableDownload(HttpClient client, LongConsumer progress, Duration silence) {
    this.client = client;
    this.progress = progress;
    this.silence = silence;
  }

  /**
   * Downloads to a file, whose present content is taken for the beginning of what is downloaded.
   *
   * @throws DownloadException when the address does not answer with the file, or the file is too
   *     large, or the connection was lost
   * @throws IOException when the file cannot be read or written
   */
  void fetch(URI address, Path file, long maxBytes) throws IOException {
    for (int connections = 1; ; connections++) {
      long before = length(file);
      received = 0;
      try (InputStream body = new StallLimitedInputStream(open(address, file, before), silence)) {
        copy(body, file, maxBytes, address);
        return;
      } catch (ConnectionLostException e) {
        if (received == 0 || connections == MAX_CONNECTIONS) {
          throw new DownloadException(
              "the connection to "
                  + address.getHost()
                  + " failed ("
                  + e.getMessage()
                  + ") after "
                  + length(file)
                  + " bytes; the same command continues from there, https_proxy names a proxy, and"
                  + " --file takes a file that was downloaded otherwise",
              e);
        }
      }
    }
  }

  private static long length(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** Returns the rest of the body from the file's end on, after which the file has to be long. */
  private InputStream open(URI address, Path file, long before) throws IOException {
    HttpResponse<InputStream> answer = follow(address, before);
    int status = answer.statusCode();
    if (status == 206 && begins(answer) == before) {
      return answer.body();
    }
    answer = status == 206 ? again(answer, address) : answer;
    status = answer.statusCode();
    if (status == 200) {
      Files.deleteIfExists(file); // the server has no ranges, so the body is the whole file
      return answer.body();
    }
    if (status == 416 && before > 0) {
      answer.body().close();
      if (wholeLength(answer) == before) {
        return InputStream.nullInputStream(); // everything was there already
      }
      answer = follow(address, 0);
      if (answer.statusCode() == 200) {
        Files.deleteIfExists(file);
        return answer.body();
      }
    }
    answer.body().close();
    throw new DownloadException(
        address
            + " was answered with HTTP "
            + answer.statusCode()
            + "; try later, or download the file otherwise and name it with --file");
  }

  /** Asks for the whole file, because the part that was sent is not the one that was asked for. */
  private HttpResponse<InputStream> again(HttpResponse<InputStream> wrong, URI address)
      throws IOException {
    wrong.body().close();
    return follow(address, 0);
  }

  private static long begins(HttpResponse<?> answer) {
    return number(answer, CONTENT_RANGE);
  }

  private static long wholeLength(HttpResponse<?> answer) {
    return number(answer, WHOLE_LENGTH);
  }

  private static long number(HttpResponse<?> answer, Pattern pattern) {
    Matcher range = pattern.matcher(answer.headers().firstValue("Content-Range").orElse(""));
    return range.matches() ? Long.parseLong(range.group(1)) : -1;
  }

  private HttpResponse<InputStream> follow(URI address, long from) throws IOException {
    URI next = address;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpResponse<InputStream> answer = send(next, from);
      String location = answer.headers().firstValue("Location").orElse(null);
      if (answer.statusCode() < 301 || answer.statusCode() > 308 || location == null) {
        return answer;
      }
      answer.body().close();
      next = redirected(next, location);
    }
    throw new DownloadException(
        address + " was redirected more than " + MAX_REDIRECTS + " times; use --file");
  }

  private static URI redirected(URI from, String location) {
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new DownloadException(
          from.getHost() + " redirected to something that is no address; use --file", e);
    }
    boolean secure = "https".equals(to.getScheme());
    if (to.getHost() == null || !(secure || from.getScheme().equals(to.getScheme()))) {
      throw new DownloadException(
          from.getHost() + " redirected to an address that is not https; use --file");
    }
    return to;
  }

  private HttpResponse<InputStream> send(URI address, long from) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(HEADERS_WITHIN);
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new ConnectionLostException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DownloadException("the download was interrupted", e);
    }
  }

  private void copy(InputStream body, Path file, long maxBytes, URI address) throws IOException {
    long total = length(file);
    byte[] buffer = new byte[BUFFER];
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int n = read(body, buffer); n >= 0 && total <= maxBytes; n = read(body, buffer)) {
        out.write(buffer, 0, n);
        total += n;
        received += n;
        progress.accept(total);
      }
    }
    if (total > maxBytes) {
      Files.delete(file);
      throw new DownloadException(
          address
              + " sends more than the expected "
              + maxBytes
              + " bytes, so it is another file; what was received was deleted");
    }
  }

  private static int read(InputStream body, byte[] buffer) throws ConnectionLostException {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw new ConnectionLostException(e);
    }
  }

  /** The connection failed, and not the disk. */
  private static final class ConnectionLostException extends IOException {
    private static final long serialVersionUID = 1;

    ConnectionLostException(IOException cause) {
      super(
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(),
          cause);
    }
  }
}
