package io.kydai.analytics.decode;

import org.bytedeco.ffmpeg.global.avutil;

/** What is common to all calls of FFmpeg's libraries. */
public final class Libav {
  static {
    // Its own messages go to stderr without a camera's id; errors are reported by return value.
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
  }

  private Libav() {}

  /** Silences FFmpeg's own log; to be called before the first other call. */
  public static void quiet() {
    // The static initialiser has done it, once.
  }

  /**
   * Passes a call's answer on unless it is an error.
   *
   * @param code what the call returned: negative for an error
   * @param what was tried, for the message
   * @throws DecodeException when it is an error
   */
  public static int check(int code, String what) {
    if (code < 0) {
      throw new DecodeException(what + ": " + message(code));
    }
    return code;
  }

  private static String message(int code) {
    byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
    avutil.av_strerror(code, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, java.nio.charset.StandardCharsets.UTF_8);
  }
}
