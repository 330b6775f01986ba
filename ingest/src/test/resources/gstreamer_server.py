"""A GStreamer RTSP server for tests: plays one file to every client from its beginning.

usage: gstreamer_server.py FILE PORT [USER PASSWORD basic|digest]
FILE is H.264, unless its name ends with .h265.mp4 or .jpeg.mkv.
Prints "PORT n" when it listens (n is the free port chosen when PORT is 0), serves rtsp://127.0.0.1:n/stream
and ends when its standard input does.
"""
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

Gst.init(None)
path, port = sys.argv[1], sys.argv[2]
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(port)
factory = GstRtspServer.RTSPMediaFactory()
demuxer = "qtdemux ! " if path.endswith(".mp4") else ""
payloader = "h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1"
if path.endswith(".h265.mp4"):
    payloader = "h265parse ! rtph265pay name=pay0 pt=96 config-interval=-1"
elif path.endswith(".jpeg.mkv"):
    demuxer = "matroskademux ! "
    payloader = "jpegparse ! rtpjpegpay name=pay0 pt=26"
factory.set_launch(f"( filesrc location={path} ! {demuxer}{payloader} )")
if len(sys.argv) > 3:
    user, password, method = sys.argv[3:6]
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    if method == "digest":
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(user, password, token)
    else:
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", "media.factory.access", True)
    permissions.add_permission_for_role("viewer", "media.factory.construct", True)
    factory.set_permissions(permissions)
    server.set_auth(auth)
server.get_mount_points().add_factory("/stream", factory)
server.attach(None)
print("PORT", server.get_bound_port(), flush=True)

loop = GLib.MainLoop()


def wait_for_end():
    sys.stdin.read()
    loop.quit()


threading.Thread(target=wait_for_end, daemon=True).start()
loop.run()
