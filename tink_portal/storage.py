"""Static files as residents fetch them.

While developing, css/site.css imports one file per component. On thin coverage thirty small requests are
thirty chances to wait, so collectstatic writes the imported files into it. The sources need no build step.
"""

import re

from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>\w+)\);')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BUNDLES = ["css/site.css"]


class PortalStaticStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's hashed and compressed files, with the imports of BUNDLES written out."""

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            for bundle in BUNDLES:
                if bundle in paths:
                    self._write_out_imports(bundle)
                    # Hash what was just written, not the source it came from.
                    paths[bundle] = (self, bundle)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _write_out_imports(self, bundle):
        folder = bundle.rpartition("/")[0]

        def contents(match):
            path = match["path"]
            with self.open(f"{folder}/{path}") as file:
                css = COMMENT.sub("", file.read().decode())
            # Addresses inside the file are relative to it; now they are relative to the bundle.
            above = path.rpartition("/")[0]
            if above:
                css = re.sub(r'url\("(?!data:|/|https?:)', f'url("{above}/', css)
            return f"@layer {match['layer']} {{{css.strip()}}}"

        with self.open(bundle) as file:
            source = file.read().decode()
        with self.open(bundle, "wb") as file:
            file.write(IMPORT.sub(contents, COMMENT.sub("", source)).encode())
