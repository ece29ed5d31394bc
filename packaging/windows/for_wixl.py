"""Rewrites omote.wxs (WiX 5) for wixl: `for_wixl.py omote.wxs OUT.wxs OUT.sql`.

wixl knows no conditions of components, no transitive ones, no CopyFile and no RemoveFile: those rows are added by the
SQL. What neither has stays out and is tried on Windows alone: the firewall's rules and the folder's permissions. libmsi
0.101 falls over longer texts that are not ASCII, so this MSI speaks English alone.
"""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

NEW = "{http://wixtoolset.org/schemas/v4/wxs}"
FIREWALL = "{http://wixtoolset.org/schemas/v4/wxs/firewall}"
TRANSITIVE = 64
REMOVED_ON_UNINSTALL = 2


def quoted(text: str) -> str:
    """For msibuild's SQL, which has no escapes; texts with an apostrophe must not stand in omote.wxs."""
    if "'" in text:
        raise ValueError(text)
    return f"'{text}'"


def in_english(told: dict[str, str]) -> dict[str, str]:
    """Attributes without their Japanese half; one that is Japanese alone is left out."""
    english = {key: text if text.isascii() else text.partition(" / ")[0] for key, text in told.items()}
    return {key: text for key, text in english.items() if text.isascii()}


class Rewriter:
    """Walks the tree once; `sql` collects what wixl cannot say."""

    def __init__(self) -> None:
        self.sql: list[str] = []
        self._secure: list[str] = []

    def element(self, one: ET.Element, parent: ET.Element | None) -> ET.Element | None:
        """The same element for wixl, or None if it has none."""
        if one.tag.startswith(FIREWALL):
            return None
        name = one.tag.removeprefix(NEW)
        one = with_attributes(one, in_english(one.attrib))
        special = getattr(self, f"_{name.lower()}", None)
        if special is not None:
            return special(one, parent)
        return self._copied(name, one, dict(one.attrib))

    def _copied(self, name: str, one: ET.Element, told: dict[str, str]) -> ET.Element:
        if told.pop("Bitness", "") == "always64":
            told["Win64"] = "yes"
        if told.pop("Secure", "no") == "yes":
            self._secure.append(told["Id"])
        made = ET.Element(name, told)
        made.text = (one.text or "").strip() or None
        self._children(one, made)
        return made

    def _children(self, one: ET.Element, made: ET.Element) -> None:
        for child in one:
            if isinstance(child.tag, str) and (inner := self.element(child, one)) is not None:
                made.append(inner)

    def _package(self, one: ET.Element, _parent: ET.Element | None) -> ET.Element:
        told = {
            key: one.attrib[key] for key in ("Name", "Manufacturer", "Version", "Language", "Codepage", "UpgradeCode")
        }
        product = ET.Element("Product", told | {"Id": "*"})
        summary = one.find(f"{NEW}SummaryInformation")
        assert summary is not None
        about = {"InstallerVersion": "500", "Compressed": "yes", "InstallScope": "perMachine"}
        ET.SubElement(
            product, "Package", about | {"Description": summary.attrib["Description"], "SummaryCodepage": "65001"}
        )
        ET.SubElement(product, "Media", {"Id": "1", "Cabinet": "omote.cab", "EmbedCab": "yes"})
        top = ET.SubElement(product, "Directory", {"Id": "TARGETDIR", "Name": "SourceDir"})
        self._children(one, product)
        names = ";".join(["WIX_DOWNGRADE_DETECTED", "WIX_UPGRADE_DETECTED", *self._secure])
        self.sql.append(f"UPDATE `Property` SET `Value` = '{names}' WHERE `Property` = 'SecureCustomProperties'")
        for folder in [child for child in product if child.tag == "Directory" and child is not top]:
            product.remove(folder)
            top.append(folder)
        return product

    def _summaryinformation(self, _one: ET.Element, _parent: ET.Element | None) -> None:
        """Is told by <Package>."""

    def _mediatemplate(self, _one: ET.Element, _parent: ET.Element | None) -> None:
        """Is the <Media>."""

    def _componentgroup(self, _one: ET.Element, _parent: ET.Element | None) -> None:
        """Comes from wixl-heat."""

    def _permissionex(self, _one: ET.Element, _parent: ET.Element | None) -> None:
        """Neither wixl nor wine has it."""

    def _standarddirectory(self, one: ET.Element, _parent: ET.Element | None) -> ET.Element:
        return self._copied("Directory", one, dict(one.attrib))

    def _majorupgrade(self, one: ET.Element, _parent: ET.Element | None) -> ET.Element:
        return ET.Element("MajorUpgrade", {"DowngradeErrorMessage": one.attrib["DowngradeErrorMessage"]})

    def _launch(self, one: ET.Element, _parent: ET.Element | None) -> ET.Element:
        made = ET.Element("Condition", {"Message": one.attrib["Message"]})
        made.text = one.attrib["Condition"]
        return made

    def _binary(self, one: ET.Element, _parent: ET.Element | None) -> ET.Element:
        return ET.Element("Binary", dict(one.attrib))

    def _customaction(self, one: ET.Element, _parent: ET.Element | None) -> ET.Element:
        told = dict(one.attrib)
        if "BinaryRef" in told:
            told["BinaryKey"] = told.pop("BinaryRef")
        return ET.Element("CustomAction", told)

    def _custom(self, one: ET.Element, _parent: ET.Element | None) -> ET.Element:
        made = ET.Element("Custom", {"Action": one.attrib["Action"], "Sequence": one.attrib["Sequence"]})
        made.text = one.attrib.get("Condition")
        return made

    def _component(self, one: ET.Element, _parent: ET.Element | None) -> ET.Element:
        told = dict(one.attrib)
        is_transitive, condition = told.pop("Transitive", "no") == "yes", told.pop("Condition", "")
        made = self._copied("Component", one, told)
        key = quoted(told["Id"])
        if condition:
            self.sql.append(f"UPDATE `Component` SET `Condition` = {quoted(condition)} WHERE `Component` = {key}")
        if is_transitive:  # keyed by a value of the registry (4), of 64 bits (256)
            attributes = TRANSITIVE + 4 + 256
            self.sql.append(f"UPDATE `Component` SET `Attributes` = {attributes} WHERE `Component` = {key}")
        return made

    def _feature(self, one: ET.Element, _parent: ET.Element | None) -> ET.Element:
        return self._copied(
            "Feature", one, {"Id": one.attrib["Id"], "Title": one.attrib["Title"], "Level": "1", "Absent": "disallow"}
        )

    def _copyfile(self, one: ET.Element, parent: ET.Element | None) -> None:
        self.sql.append(
            "CREATE TABLE `MoveFile` (`FileKey` CHAR(72) NOT NULL, `Component_` CHAR(72) NOT NULL, "
            "`SourceName` CHAR(255) LOCALIZABLE, `DestName` CHAR(255) LOCALIZABLE, `SourceFolder` CHAR(72), "
            "`DestFolder` CHAR(72) NOT NULL, `Options` SHORT NOT NULL PRIMARY KEY `FileKey`)"
        )
        self.sql.append("INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES ('MoveFiles', 3800)")
        told = one.attrib
        row = (
            told["Id"],
            component_of(one, parent),
            told["DestinationName"],
            told["SourceProperty"],
            told["DestinationDirectory"],
        )
        self.sql.append(
            "INSERT INTO `MoveFile` (`FileKey`, `Component_`, `DestName`, `SourceFolder`, `DestFolder`, `Options`) "
            f"VALUES ({', '.join(map(quoted, row))}, 0)"
        )

    def _removefile(self, one: ET.Element, parent: ET.Element | None) -> None:
        told = one.attrib
        row = (told["Id"], component_of(one, parent), told["Name"], told["Property"])
        self.sql.append(
            "INSERT INTO `RemoveFile` (`FileKey`, `Component_`, `FileName`, `DirProperty`, `InstallMode`) "
            f"VALUES ({', '.join(map(quoted, row))}, {REMOVED_ON_UNINSTALL})"
        )


def with_attributes(one: ET.Element, told: dict[str, str]) -> ET.Element:
    """The same element with other attributes."""
    made = ET.Element(one.tag, told)
    made.text = one.text
    made.extend(one)
    return made


def component_of(_one: ET.Element, parent: ET.Element | None) -> str:
    """The component in which an element stands."""
    assert parent is not None
    return parent.attrib["Id"]


def rewritten(source: str) -> tuple[str, list[str]]:
    """The source for wixl, and the SQL for msibuild."""
    rewriter = Rewriter()
    made = ET.Element("Wix", {"xmlns": "http://schemas.microsoft.com/wix/2006/wi"})
    rewriter._children(ET.fromstring(source), made)  # noqa: S314 -- our own file
    ET.indent(made)
    return ET.tostring(made, encoding="unicode", xml_declaration=True), rewriter.sql


if __name__ == "__main__":
    told, wxs, sql = map(Path, sys.argv[1:])
    made, rows = rewritten(told.read_text("utf-8"))
    wxs.write_text(made, "utf-8")
    sql.write_text("\n".join(rows) + "\n", "utf-8")
