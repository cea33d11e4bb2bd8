// SPDX-License-Identifier: GPL-2.0-only
/*
 * Colours stand in classes and not in custom properties, which not every viewer knows; one
 * that does not know media queries shows the light picture. What alarms has a pattern besides
 * its colour, and a word.
 */
#include "map-svg.h"

#include "base/cleanup.h"
#include "text.h"

static const struct {
	const char *class, *pattern;
} kinds[SR_MAP_KIND_COUNT] = {
	[SR_MAP_KIND_OTHER_TYPE] = { "other", NULL },
	[SR_MAP_KIND_RESERVED] = { "reserved", NULL },
	[SR_MAP_KIND_USABLE] = { "ram", NULL },
	[SR_MAP_KIND_RAM] = { "ram", NULL },
	[SR_MAP_KIND_OFFLINE] = { "idle", "dots" },
	[SR_MAP_KIND_AFFINITY] = { "affinity", NULL },
	[SR_MAP_KIND_WINDOW] = { "window", NULL },
	[SR_MAP_KIND_REGION] = { "cxl", NULL },
	[SR_MAP_KIND_UNCOMMITTED] = { "open", NULL },
	[SR_MAP_KIND_COMMIT_UNKNOWN] = { "open", "dots" },
	[SR_MAP_KIND_SOFT_RESERVED] = { "soft", NULL },
	[SR_MAP_KIND_CXL] = { "cxl", NULL },
	[SR_MAP_KIND_HMEM] = { "hmem", NULL },
	[SR_MAP_KIND_OWNER_UNKNOWN] = { "open", "dots" },
	[SR_MAP_KIND_OK] = { "ok", NULL },
	[SR_MAP_KIND_IDLE] = { "idle", "dots" },
	[SR_MAP_KIND_UNKNOWN] = { "open", "dots" },
	[SR_MAP_KIND_UNUSABLE] = { "unusable", "stripes" },
	[SR_MAP_KIND_NOBODY] = { "lost", "cross" },
	[SR_MAP_KIND_LOST] = { "lost", "cross" },
};

const char *svg_class(enum sr_map_kind kind)
{
	return kinds[kind].class;
}

const char *svg_pattern(enum sr_map_kind kind)
{
	return kinds[kind].pattern;
}

static const char light[] =
	"text{font-family:ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;"
	"font-size:12px;fill:#14181c;white-space:pre}\n"
	".verdict{font-size:14px;font-weight:bold}.lane{font-weight:bold}\n"
	".small,.none{fill:#525a63}.back{fill:#ffffff}\n"
	"rect{stroke-width:1}.plate{stroke:none;fill:#ffffff}\n"
	".guide{stroke:#b4bbc3;stroke-dasharray:2 3}\n"
	".gap{fill:#f1f3f5;stroke:none}.tear{fill:none;stroke:#868e96}\n"
	".other{fill:#f1e7cf;stroke:#9c8650}.reserved{fill:#e6e7e9;stroke:#8d949c}\n"
	".ram{fill:#cfdcea;stroke:#587592}.affinity{fill:#dfead2;stroke:#6c8748}\n"
	".window{fill:#d0edf5;stroke:#237f9b}.cxl{fill:#bcd5fb;stroke:#2459ad}\n"
	".open{fill:#ffffff;stroke:#8a6d00;stroke-dasharray:4 3}\n"
	".soft{fill:#e0d4f6;stroke:#6b45a8}.hmem{fill:#f8d3eb;stroke:#a03580}\n"
	".ok{fill:#c8ead0;stroke:#257a3c}.idle{fill:#fdf0c0;stroke:#8a6d00}\n"
	".unusable{fill:#fcd9d3;stroke:#b3261e}.lost{fill:#d32f2f;stroke:#7f1010}\n"
	".dots-line{fill:#8a6d00}.stripes-line{stroke:#d2452f;stroke-width:2}\n"
	".cross-line{stroke:#ffffff;stroke-width:1.5;fill:none}\n"
	"text.alarm{fill:#8c0d0d;font-weight:bold}\n";

static const char dark[] =
	"@media (prefers-color-scheme:dark){\n"
	"text{fill:#eef1f4}.small,.none{fill:#a9b2bb}.back{fill:#14171a}.plate{fill:#14171a}\n"
	".guide{stroke:#4b535b}.gap{fill:#1e2226}.tear{stroke:#7b848d}\n"
	".other{fill:#4b4128;stroke:#a5925f}.reserved{fill:#393e44;stroke:#79818a}\n"
	".ram{fill:#2c4157;stroke:#7197bd}.affinity{fill:#35452a;stroke:#89a866}\n"
	".window{fill:#12414f;stroke:#42a9c9}.cxl{fill:#1c3f78;stroke:#6a9fee}\n"
	".open{fill:#14171a;stroke:#d3b13c}\n"
	".soft{fill:#43316d;stroke:#ab8be6}.hmem{fill:#5f2451;stroke:#de7dbd}\n"
	".ok{fill:#1c4b29;stroke:#57bd73}.idle{fill:#473c10;stroke:#d3b13c}\n"
	".unusable{fill:#541a13;stroke:#f2836f}.lost{fill:#b3201f;stroke:#ff9d94}\n"
	".dots-line{fill:#d3b13c}.stripes-line{stroke:#e5664f}.cross-line{stroke:#ffd5d0}\n"
	"text.alarm{fill:#ffb4ab}\n"
	"}\n";

static const char patterns[] =
	"<defs>\n"
	"<pattern id=\"dots\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
	"<circle class=\"dots-line\" cx=\"3\" cy=\"3\" r=\"0.9\"/></pattern>\n"
	"<pattern id=\"stripes\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" "
	"patternTransform=\"rotate(45)\"><line class=\"stripes-line\" x1=\"1\" y1=\"0\" "
	"x2=\"1\" y2=\"7\"/></pattern>\n"
	"<pattern id=\"cross\" width=\"9\" height=\"9\" patternUnits=\"userSpaceOnUse\">"
	"<path class=\"cross-line\" d=\"M0 0L9 9M9 0L0 9\"/></pattern>\n"
	"</defs>\n";

void svg_write_style(FILE *stream)
{
	fprintf(stream, "<style>\n%s%s</style>\n%s", light, dark, patterns);
}

void svg_write_text(FILE *stream, const char *text)
{
	sr_auto_free char *safe = printable_copy(text);

	for (const char *at = safe ? safe : "?"; *at; at++) {
		switch (*at) {
		case '&':
			fputs("&amp;", stream);
			break;
		case '<':
			fputs("&lt;", stream);
			break;
		case '>':
			fputs("&gt;", stream);
			break;
		case '"':
			fputs("&quot;", stream);
			break;
		case '\'':
			fputs("&apos;", stream);
			break;
		default:
			fputc(*at, stream);
		}
	}
}
