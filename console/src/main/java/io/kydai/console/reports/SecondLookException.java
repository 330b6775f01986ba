package io.kydai.console.reports;

/** A report needs the looks of two people, and this would not have been one of them. */
public class SecondLookException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SecondLookException(String message) {
    super(message);
  }
}
