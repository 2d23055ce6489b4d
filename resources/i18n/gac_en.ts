<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>GAC</name>
        <message numerus="yes">
            <source>%n SYNTHETIC file(s) were exported.</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>
                <numerusform>%n SYNTHETIC file was exported.</numerusform>
                <numerusform>%n SYNTHETIC files were exported.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n note(s) about this run</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>
                <numerusform>%n note about this run</numerusform>
                <numerusform>%n notes about this run</numerusform>
            </translation>
        </message>
    </context>
</TS>
