#!/usr/bin/env bash
# Draws the PNG icons from their SVG with a headless Chromium. Run it after changing a drawing; the results are committed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out="$here/../wwwroot/app/icons"
browser=${CHROMIUM:-chromium}

draw() { # svg, pixels, png
  local page
  page=$(mktemp --suffix .html)
  printf '<body style="margin:0"><img src="file://%s" width="%s" height="%s" style="display:block">' "$1" "$2" "$2" > "$page"
  "$browser" --headless=new --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 --default-background-color=00000000 \
    --allow-file-access-from-files --window-size="$2,$2" --screenshot="$3" "file://$page" 2> /dev/null
  rm "$page"
}

draw "$out/icon.svg" 192 "$out/icon-192.png"
draw "$out/icon.svg" 512 "$out/icon-512.png"
draw "$here/maskable.svg" 512 "$out/icon-maskable-512.png"
draw "$here/badge.svg" 96 "$out/badge.png"
