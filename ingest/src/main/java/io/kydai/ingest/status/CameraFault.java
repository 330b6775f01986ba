package io.kydai.ingest.status;

/** The kind of a camera's last failure, for programs that word it for people. */
public enum CameraFault {
  /** The camera rejected the user or the password, or demands them. */
  LOGIN_REFUSED,
  /** The name of the camera's host does not resolve. */
  HOST_UNKNOWN,
  /** There is no route to the camera's host. */
  NO_ROUTE,
  /** The host answers, and nothing listens at the port. */
  CONNECTION_REFUSED,
  /** The host does not answer. */
  CONNECTION_TIMEOUT,
  /** The host cannot be reached for another reason. */
  UNREACHABLE,
  /** The camera answers, and has no stream at the path. */
  STREAM_NOT_FOUND,
  /** The camera's TLS certificate is not trusted. */
  CERTIFICATE_REFUSED,
  /** The host sends something else than RTSP and media. */
  NOT_RTSP,
  /** The camera agreed to play, and sends no media. */
  NO_MEDIA,
  /** The camera sends media, and no picture that can be decoded. */
  UNDECODABLE,
  /** The camera stopped sending. */
  STOPPED_SENDING,
  /** The connection broke, or the attempt failed in another way. */
  FAILED
}
