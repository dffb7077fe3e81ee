"""What reads a picture or a layer of text, one file for each witness.

onnxruntime reports to its maker (a name look-up, a device's number and a queue of events in the
home folder, a file in the temporary one) unless a variable of the environment forbids it. It reads
the variable while it is loaded. So the variable is set here, which runs before any file of this
folder: among the imports of the file that loads onnxruntime, a sorter would move it below them.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
